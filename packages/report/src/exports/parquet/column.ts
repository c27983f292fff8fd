import type { DecodedArray, Encoding, SchemaElement } from 'hyparquet'

/** One column of a table: how it is stored, and the values of the rows that are not written yet. */
export interface Column<Values extends DecodedArray = DecodedArray> {
  readonly schema: SchemaElement
  /** Undefined: the writer makes a dictionary where that saves space. */
  readonly encoding: Encoding | undefined
  /** Whether each row group tells its lowest and highest value, so that a reader can skip it. */
  readonly isSearched: boolean
  /** Set by row; those beyond the rows that are filled are of an earlier row group. */
  readonly values: Values
}

/** Moments: microseconds since 1970, UTC. */
export function timestamps(name: string, rows: number): Column<BigInt64Array> {
  const schema: SchemaElement = {
    name,
    type: 'INT64',
    repetition_type: 'REQUIRED',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  }
  const values = new BigInt64Array(rows)
  return { schema, encoding: 'DELTA_BINARY_PACKED', isSearched: true, values }
}

/** Whole numbers that rise, such as ordinals. */
export function ordinals(name: string, rows: number): Column<Int32Array> {
  const schema: SchemaElement = { name, type: 'INT32', repetition_type: 'REQUIRED' }
  const values = new Int32Array(rows)
  return { schema, encoding: 'DELTA_BINARY_PACKED', isSearched: false, values }
}

/** Whole numbers below 2^31, or null. */
export function integers(name: string, rows: number): Column<(number | null)[]> {
  const schema: SchemaElement = { name, type: 'INT32', repetition_type: 'OPTIONAL' }
  return { schema, encoding: undefined, isSearched: true, values: filled(rows) }
}

/** Whole numbers of any size. */
export function longs(name: string, rows: number): Column<BigInt64Array> {
  const schema: SchemaElement = { name, type: 'INT64', repetition_type: 'REQUIRED' }
  return { schema, encoding: undefined, isSearched: false, values: new BigInt64Array(rows) }
}

/** Numbers. */
export function doubles(name: string, rows: number): Column<Float64Array> {
  const schema: SchemaElement = { name, type: 'DOUBLE', repetition_type: 'REQUIRED' }
  return { schema, encoding: 'PLAIN', isSearched: false, values: new Float64Array(rows) }
}

/** Numbers, or null. */
export function optionalDoubles(name: string, rows: number): Column<(number | null)[]> {
  const schema: SchemaElement = { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }
  return { schema, encoding: 'PLAIN', isSearched: false, values: filled(rows) }
}

/** Text, or null. */
export function texts(name: string, rows: number): Column<(string | null)[]> {
  const schema: SchemaElement = {
    name,
    type: 'BYTE_ARRAY',
    repetition_type: 'OPTIONAL',
    converted_type: 'UTF8',
    logical_type: { type: 'STRING' },
  }
  return { schema, encoding: undefined, isSearched: false, values: filled(rows) }
}

/** True or false. */
export function flags(name: string, rows: number): Column<boolean[]> {
  const schema: SchemaElement = { name, type: 'BOOLEAN', repetition_type: 'REQUIRED' }
  const values = new Array<boolean>(rows).fill(false)
  return { schema, encoding: undefined, isSearched: false, values }
}

function filled<Value>(rows: number): (Value | null)[] {
  return new Array<Value | null>(rows).fill(null)
}
