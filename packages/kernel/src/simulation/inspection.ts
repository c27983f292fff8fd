/** Where an event comes from: `schedule`, a `Timeout` or a `Source`. */
export type EventKind = 'event' | 'timeout' | 'source'

/** An event that was scheduled, or one whose handler runs right after this. */
export interface InspectedEvent {
  readonly type: 'scheduled' | 'executed'
  readonly kind: EventKind
  /** Virtual time, in milliseconds. */
  readonly nowMs: number
  /** When the event is due. */
  readonly dueMs: number
  /** Number of the event; events of one time are executed in the order of their numbers. */
  readonly sequence: number
  /** Name of the handler function. */
  readonly handler: string
  readonly target: unknown
  /** What the handler gets beside its target; a timer's ticket. */
  readonly arg: number
}

/** An event that will not be executed after all. */
export interface InspectedCancellation {
  readonly type: 'cancelled'
  readonly kind: EventKind
  /** Virtual time, in milliseconds. */
  readonly nowMs: number
  /** What `schedule` or `arm` returned for the event. */
  readonly ticket: number
}

/** What `simulation.inspect` tells, in the order in which it happens. */
export type InspectionEvent = InspectedEvent | InspectedCancellation

/** Is told every event while it is subscribed; see `simulation.inspect`. */
export type Inspector = (event: InspectionEvent) => void

/** Those who want to know what a simulation does. */
export class Inspection {
  private readonly listeners: Inspector[] = []

  /** How many there are. */
  get inspectors(): number {
    return this.listeners.length
  }

  add(inspector: Inspector): () => void {
    this.listeners.push(inspector)
    return () => {
      const index = this.listeners.indexOf(inspector)
      if (index >= 0) this.listeners.splice(index, 1)
    }
  }

  tell(event: InspectionEvent): void {
    for (const listener of this.listeners) listener(event)
  }
}
