/** How the program ends; `celadon simulate --help` lists the same. 1 is kept for missed goals. */
export const EXIT_CODES = {
  done: 0,
  /** The command line or an input is wrong, an output cannot be written, or a limit was reached. */
  failed: 2,
  /** Ctrl-C: 128 plus the number of SIGINT. */
  interrupted: 130,
  /** 128 plus the number of SIGTERM. */
  terminated: 143,
} as const

/** The exit codes as help text. */
export const EXIT_CODE_HELP = `
Exit codes:
  0    done
  2    the command line or a file is wrong, or an output cannot be written or sent
  130  stopped by Ctrl-C, with the figures up to there
  143  stopped by SIGTERM, likewise
`
