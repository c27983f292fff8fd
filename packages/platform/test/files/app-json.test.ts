import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complaints, read } from './sources.js'

describe('app.json', () => {
  test('gives name, formation, add-ons and config vars', () => {
    const app = read({
      appJson: JSON.stringify({
        name: 'shop',
        description: 'A shop',
        keywords: ['shop'],
        website: 'https://shop.example.com',
        scripts: { postdeploy: 'bundle exec rake db:seed' },
        stack: 'heroku-24',
        buildpacks: [{ url: 'heroku/ruby' }],
        formation: { web: { quantity: 4, size: 'Standard-2X' } },
        addons: [
          'heroku-postgresql:standard-0',
          { plan: 'heroku-redis:premium-0', as: 'CACHE', options: { version: '7' } },
          'papertrail:choklad',
        ],
        env: {
          RAILS_ENV: 'production',
          WEB_CONCURRENCY: { description: 'Workers', value: '3' },
          SECRET_KEY_BASE: { generator: 'secret' },
        },
      }),
    })
    expect(app.name).toBe('shop')
    expect(app.formation['web']).toMatchObject({ quantity: 4, size: { name: 'standard-2x' } })
    expect(app.addOns.map(({ name, plan }) => `${name} ${plan}`)).toEqual([
      'heroku-postgresql standard-0',
      'CACHE premium-0',
    ])
    expect(app.configVars).toEqual({ RAILS_ENV: 'production', WEB_CONCURRENCY: '3' })
    expect(app.assumptions).toContain('The add-on papertrail is not modelled: no calls, no cost.')
  })

  test.each([
    ['Tea & Pots', 'tea-pots'],
    ['2 tea\npots ', 'tea-pots'],
    ['店', 'app'],
    ['a'.repeat(30), 'a'.repeat(30)],
  ])('has a name as Heroku allows it: %j is %s', (name, expected) => {
    expect(read({ appJson: JSON.stringify({ name }) }).name).toBe(expected)
  })

  test('without a formation one web dyno runs, as after a first deploy', () => {
    const app = read({ procfile: 'web: puma -w 2 -t 5\nworker: rake jobs:work\n' })
    expect(app.formation['web']).toMatchObject({ quantity: 1, size: { name: 'standard-1x' } })
    expect(app.formation['worker']).toMatchObject({ quantity: 0 })
    expect(app.assumptions).toContain(
      'app.json has no formation for web: it runs on 1 dyno of size standard-1x.',
    )
    expect(app.assumptions).toContain('app.json has no formation for worker: it runs on 0 dynos.')
  })

  test.each([
    [
      'a size that does not exist',
      '{\n  "formation": {\n    "web": { "size": "standard-3x" }\n  }\n}',
      'app.json:3:22: formation.web.size is "standard-3x"; accepted: eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl, performance-2xl, private-s, private-m, private-l, shield-s, shield-m, shield-l, dyno-1c-0.5gb, dyno-2c-1gb, free, hobby, dyno-2012. Did you mean "standard-2x"?',
    ],
    [
      'a plan that does not exist',
      '{ "addons": ["heroku-redis:premium-x"] }',
      'app.json:1:14: addons[0] is "heroku-redis:premium-x"; accepted: mini, premium-0, premium-1, premium-2, premium-3, premium-5. Did you mean "premium-5"?',
    ],
    [
      'a misspelt add-on',
      '{ "addons": ["heroku-postgres:standard-0"] }',
      'app.json:1:14: addons[0] is "heroku-postgres:standard-0"; accepted: heroku-postgresql, heroku-redis, memcachier, scheduler. Did you mean "heroku-postgresql"?',
    ],
    [
      'an add-on twice',
      '{ "addons": ["heroku-redis", { "plan": "heroku-redis" }] }',
      'app.json:1:30: addons[1] is a second heroku-redis; give it a name: { "plan": …, "as": … }',
    ],
    [
      'a misspelt key',
      '{ "formations": {} }',
      'app.json:1:3: formations is no known key; accepted: name, description, keywords, website, repository, logo, success_url, scripts, env, formation, addons, buildpacks, environments, image, stack. Did you mean "formation"?',
    ],
    [
      'a process type that the Procfile does not have',
      '{ "formation": { "wbe": { "quantity": 1 } } }',
      'app.json:1:18: formation.wbe is no process type; accepted: web. Did you mean "web"?',
    ],
    [
      'a negative quantity',
      '{ "formation": { "web": { "quantity": -1 } } }',
      'app.json:1:39: formation.web.quantity is -1; accepted: a whole number from 0 to 10000',
    ],
    [
      'a number for a config var',
      '{ "env": { "PORT": 5000 } }',
      'app.json:1:20: env.PORT is 5000; accepted: text, or { description, value, required, generator }',
    ],
    ['a list', '[]', 'app.json:1:1: the file is a list; accepted: a mapping'],
    ['a key twice', '{ "name": "a", "name": "b" }', 'app.json:1:16: map keys must be unique'],
  ])('with %s', (_, appJson, expected) => {
    expect(complaints({ appJson })).toEqual([expected])
  })

  test.each([
    ['nothing', '', 'app.json:1:1: the file ends in the middle of the JSON text'],
    [
      'half of it',
      '{ "name": "shop",\n  "formation": {',
      'app.json:2:17: the file ends in the middle of the JSON text',
    ],
    [
      'a comma too many',
      '{\n  "name": "shop",\n}',
      'app.json:3:1: "}" is not JSON here; the comma before it is one too many',
    ],
    [
      'a comma too few',
      '{\n  "name": "shop"\n  "stack": "heroku-24"\n}',
      'app.json:3:3: "\\"" is not JSON here; a comma or a closing bracket is missing',
    ],
    [
      'single quotes',
      "{ 'name': 'shop' }",
      'app.json:1:3: "\'" is not JSON here; text stands in double quotes',
    ],
    ['a comment', '{ // the shop\n}', 'app.json:1:3: "/" is not JSON here; JSON has no comments'],
    [
      'text without end',
      '{ "name": "shop }\n',
      'app.json:1:11: this text has no closing quote on its line or holds a wrong escape',
    ],
    ['no colon', '{ "name" "shop" }', 'app.json:1:10: "\\"" is not JSON here; a colon is missing'],
    ['a bare word', '{ "name": shop }', 'app.json:1:11: "s" is not JSON here; expected a value'],
    [
      'the wrong bracket',
      '{ "keywords": ["a" }',
      'app.json:1:20: "}" is not JSON here; a comma or a closing bracket is missing',
    ],
  ])('that is no JSON: %s', (_, appJson, expected) => {
    expect(complaints({ appJson })).toEqual([expected])
  })

  test('is JSON exactly when JSON.parse says so', () => {
    // Small JSON values as lists of tokens, with one of them cut out, put in or put in its place.
    type Tokens = readonly string[]
    const { value } = fc.letrec<{ value: Tokens }>((tie) => {
      const values = fc.array(tie('value'), { maxLength: 3 })
      return {
        value: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          fc.constantFrom(['1'], ['"a"'], ['null']),
          values.map((list) => ['[', ...list.flatMap((v, i) => (i > 0 ? [',', ...v] : v)), ']']),
          values.map((list) => [
            '{',
            ...list.flatMap((v, i) => [...(i > 0 ? [','] : []), `"k${i}"`, ':', ...v]),
            '}',
          ]),
        ),
      }
    })
    const almost = fc
      .tuple(value, fc.nat(), fc.nat(1), fc.constantFrom('', ...'[]{},:"-1', ' ', '"a"', 'null'))
      .map(([tokens, place, cut, put]) => {
        const at = place % (tokens.length + 1)
        return [...tokens.slice(0, at), put, ...tokens.slice(at + cut)].join('')
      })
    fc.assert(
      fc.property(fc.oneof(fc.json(), { arbitrary: almost, weight: 5 }), (appJson) => {
        const isSyntax = complaints({ appJson }).some((line) =>
          /is not JSON here|in the middle of the JSON|no closing quote/.test(line),
        )
        expect(isSyntax).toBe(!isJson(appJson))
      }),
      { numRuns: 2000 },
    )
  })

  test('too long or too deep is refused at once', () => {
    expect(complaints({ appJson: `{"name":"${'x'.repeat(140_000)}"}` })).toEqual([
      'app.json: has 140011 characters; at most 131072 are read',
    ])
    expect(complaints({ appJson: '['.repeat(5000) + ']'.repeat(5000) })).toEqual([
      'app.json:1:101: is nested more than 100 levels deep',
    ])
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
