import { GENERATIONS, type Generation } from '@celadon/contracts'
import { argumentInvalid } from '../errors.js'
import { Template } from './template.js'

/** The template of each generation; one without has that of the generation before it. */
export type Texts =
  | Template
  | (Readonly<Partial<Record<Generation, Template>>> & { readonly 'bamboo-2010': Template })

/** One thing that a log says, and how it is put into words. */
interface Phrase {
  /** The message's type, and fields that the words themselves tell. */
  readonly constants: Readonly<Record<string, unknown>>
  readonly texts: Texts
  /** All templates that are understood. */
  readonly understood: readonly Template[]
}

/**
 * The phrases of one family of messages. A phrase is a message's constant fields with a template for
 * the others; from it both follow, the text of a message and the message of a text.
 */
export class PhraseBook<Message extends { readonly type: string }> {
  private readonly phrases: Phrase[] = []

  /**
   * Adds a phrase. What stands earlier in the book is tried first.
   *
   * @param variants further texts that say the same; they are understood and never written
   */
  add(
    constants: Readonly<Partial<Message>>,
    texts: Texts,
    variants: readonly Template[] = [],
  ): this {
    const written = texts instanceof Template ? [texts] : Object.values(texts)
    this.phrases.push({ constants, texts, understood: [...written, ...variants] })
    return this
  }

  /**
   * The text of a message in the words of a generation.
   *
   * @throws `LOGPLEX_ARGUMENT_INVALID` when there is no phrase for it, which its type rules out
   */
  write(message: Message, generation: Generation): string {
    const fields: Readonly<Record<string, unknown>> = { ...message }
    for (const { constants, texts } of this.phrases) {
      if (Object.entries(constants).every(([field, value]) => fields[field] === value)) {
        return templateOf(texts, generation).write(fields)
      }
    }
    throw argumentInvalid(`there are no words for the message ${JSON.stringify(message)}`)
  }

  /** The message of a text; null when no phrase fits. */
  read(text: string): Message | null {
    for (const { constants, understood } of this.phrases) {
      for (const template of understood) {
        const fields = template.read(text)
        // Constants and gaps of a phrase are together the fields of its message.
        if (fields !== null) return { ...constants, ...fields } as Message
      }
    }
    return null
  }
}

function templateOf(texts: Texts, generation: Generation): Template {
  if (texts instanceof Template) return texts
  let template = texts['bamboo-2010']
  for (const period of GENERATIONS) {
    template = texts[period] ?? template
    if (period === generation) break
  }
  return template
}
