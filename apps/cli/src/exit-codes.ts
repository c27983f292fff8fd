/** How the program ends; `celadon simulate --help` lists the same. */
export const EXIT_CODES = {
  done: 0,
  /** An output could not be written, or the run reached a limit of the simulation. */
  failed: 1,
  /** The command line or a file that it names is wrong. */
  wrongInput: 2,
  /** Ctrl-C: 128 plus the number of SIGINT. */
  interrupted: 130,
  /** 128 plus the number of SIGTERM. */
  terminated: 143,
} as const

/** The exit codes as help text. */
export const EXIT_CODE_HELP = `
Exit codes:
  0    done
  1    an output could not be written, or the run reached a limit
  2    the command line or a file is wrong
  130  stopped by Ctrl-C, with the figures up to there
  143  stopped by SIGTERM, likewise
`
