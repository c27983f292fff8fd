import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Why tests that need a certificate have to be skipped; empty when they need not. */
export const NO_OPENSSL: string =
  spawnSync('openssl', ['version']).status === 0 ? '' : 'skipped: no openssl'

/** A certificate for 127.0.0.1 and localhost, and the authority that signed it. */
export interface Certificate {
  /** Paths of the files in PEM. */
  readonly authorityFile: string
  readonly certificateFile: string
  readonly keyFile: string
  /** The authority itself, for clients that are to trust it. */
  readonly authority: string
}

/** Makes an authority and a certificate that nobody else trusts, in a folder. */
export function makeCertificate(folder: string): Certificate {
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  }
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test CA')
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n')
  const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
  openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...signer)
  const authorityFile = join(folder, 'ca.pem')
  return {
    authorityFile,
    certificateFile: join(folder, 'server.pem'),
    keyFile: join(folder, 'server.key'),
    authority: readFileSync(authorityFile, 'utf8'),
  }
}
