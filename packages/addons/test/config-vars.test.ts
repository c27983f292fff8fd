import { expect, test } from 'vitest'
import { ADD_ON_MODELS, memcachier, postgres, redis, scheduler } from '../src/index.js'
import { bench } from './bench.js'

test('the built-in add-ons set the variables that apps look for', () => {
  const names = (service: string) =>
    ADD_ON_MODELS.filter((model) => model.service === service).flatMap((model) =>
      Object.keys(bench(model).attached.configVars),
    )
  expect(names('heroku-postgresql')).toEqual(['DATABASE_URL'])
  expect(names('heroku-redis')).toEqual(['REDIS_URL'])
  expect(names('memcachier')).toEqual([
    'MEMCACHIER_SERVERS',
    'MEMCACHIER_USERNAME',
    'MEMCACHIER_PASSWORD',
  ])
  expect(names('scheduler')).toEqual([])
})

test('URLs have the usual form and lead nowhere', () => {
  const { DATABASE_URL } = bench(postgres()).attached.configVars
  const { REDIS_URL } = bench(redis()).attached.configVars
  const { MEMCACHIER_SERVERS } = bench(memcachier()).attached.configVars
  expect(DATABASE_URL).toMatch(
    /^postgres:\/\/u[0-9a-f]{13}:p[0-9a-f]{64}@postgresql-[a-z]+-\d{5}\.example\.com:5432\/d[0-9a-f]{13}$/,
  )
  expect(REDIS_URL).toMatch(/^rediss:\/\/:p[0-9a-f]{64}@redis-[a-z]+-\d{5}\.example\.com:6380$/)
  expect(MEMCACHIER_SERVERS).toMatch(/^mc\d\.example\.com:11211$/)
})

test('another attachment has another variable and another database', () => {
  const first = bench(postgres(), { attachment: 'DATABASE' }).attached.configVars
  const second = bench(postgres(), { attachment: 'analytics-replica' }).attached.configVars
  expect(Object.keys(second)).toEqual(['ANALYTICS_REPLICA_URL'])
  expect(Object.values(second)).not.toEqual(Object.values(first))
})

test('the seed decides on names and passwords', () => {
  const vars = (seed: string) => bench(redis(), { seed }).attached.configVars
  expect(vars('a')).toEqual(vars('a'))
  expect(vars('a')).not.toEqual(vars('b'))
  expect(bench(scheduler()).attached.configVars).toEqual({})
})
