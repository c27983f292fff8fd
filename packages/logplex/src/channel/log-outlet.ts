/** What gets every line that the log takes in: firehoses, drains, tail sessions. */
export interface LogOutlet {
  /**
   * Lines were taken in; the newest is the last of the ring. It comes after each line, but a reader
   * that writes to the log is heard within: then there is more than one, or none, that is new.
   */
  take(): void
}
