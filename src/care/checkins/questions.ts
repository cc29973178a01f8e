// What a check-in can ask: content, from which each program picks and orders its own set.
import { z } from 'zod'
import file from '../../../content/questions.json' with { type: 'json' }

const words = z.object({ en: z.string(), es: z.string() })
const base = { id: z.string().regex(/^[a-z]+$/), label: words, ask: words }
const question = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('scale'), min: z.int(), max: z.int(), low: words, high: words }),
  z.object({ ...base, kind: z.literal('chips'), chips: z.array(z.object({ id: z.string(), label: words })) }),
  z.object({ ...base, kind: z.literal('one'), choices: z.array(z.object({ id: z.string(), label: words })) }),
  z.object({ ...base, kind: z.literal('note'), max: z.int() }),
])
export type Question = z.infer<typeof question>
export type ScaleQuestion = Question & { readonly kind: 'scale' }

const content = z.object({ standard: z.array(z.string()), questions: z.array(question) }).parse(file)
const byId = new Map(content.questions.map((one) => [one.id, one]))

export const allQuestions: readonly Question[] = content.questions

/** The program's own set in its order; the standard one when it chose none. Ids nobody knows are passed over. */
export function questionsOf(chosen: readonly string[]): readonly Question[] {
  const ids = chosen.some((id) => byId.has(id)) ? chosen : content.standard
  return ids.flatMap((id) => byId.get(id) ?? [])
}

export const isScale = (one: Question): one is ScaleQuestion => one.kind === 'scale'
/** The words of one chip or choice of a question. */
export const choiceLabel = (one: Question, id: string): { en: string; es: string } | undefined => {
  const all = one.kind === 'chips' ? one.chips : one.kind === 'one' ? one.choices : []
  return all.find((each) => each.id === id)?.label
}
export const questionById = (id: string): Question | undefined => byId.get(id)
