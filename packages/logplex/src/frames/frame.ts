/**
 * How a message stands in a drain's bytes: `syslog` over TCP or TLS, with the drain's token as host
 * and an empty place for structured data; `https` in the body of a POST, with the word `host` as
 * host and without that place. Source: Heroku Dev Center, "Log Drains"; logplex's source.
 */
export type FrameForm = 'syslog' | 'https'

/** Most bytes of a message that logplex takes in. Source: logplex's source. */
export const MESSAGE_BYTES_MAX = 10_240
