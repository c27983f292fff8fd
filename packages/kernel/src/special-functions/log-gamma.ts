const HALF_LOG_TWO_PI = 0.9189385332046727

/** The logarithm of the gamma function for z > 0. Error below 1e-14, relative or absolute. */
export function logGamma(z: number): number {
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + stirlingError(z)
}

/**
 * What Stirling's formula lacks of {@link logGamma}: the asymptotic series (DLMF 5.11.1), after
 * steps of z to z + 1 up to where five terms of it are exact to the last digit.
 */
export function stirlingError(z: number): number {
  let shifted = z
  let correction = 0
  for (; shifted < 16; shifted += 1) {
    correction += (shifted + 0.5) * Math.log1p(1 / shifted) - 1
  }
  const s = 1 / (shifted * shifted)
  const series = 1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))
  return correction + series / shifted
}
