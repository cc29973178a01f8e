// From a text to its level: what the models see in it, raised by what the rules are sure of, never lowered.
import type { Level } from './corpus.ts'
import { isShort, wholeOf } from './everyday.ts'
import type { Model } from './model.ts'
import { normalise } from './normalise.ts'
import { createReader } from './reader.ts'
import { sureOf } from './rules.ts'
import type { Sense } from './sense.ts'
import { unitsOf, windowsOf } from './units.ts'

/** `early`: by words and rules alone, because the sentence model was still being read. */
export type Verdict = { readonly level: Level; readonly reason: string; readonly early?: true }
export type TextShares = { readonly concern: number; readonly urgent: number; readonly reason: string }

/** Many stretches have many chances to look bad by chance; each doubling asks for this much more. */
const doubt = 0.9
/** Of a long text the sentence model reads the windows that look worst word by word; of a pasted book only the worst stretch. */
const book = 7
/** How sure both models have to be that a text of few words is urgent. */
const shortShare = 0.5
/** What the words have to say beside the sentence. */
const wordShare = 0.2

const total = ({ concern, urgent }: TextShares): number => concern + urgent

export const mixed = (words: TextShares, sense: TextShares): TextShares => ({
  urgent: words.urgent * wordShare + sense.urgent * (1 - wordShare),
  concern: words.concern * wordShare + sense.concern * (1 - wordShare),
  reason: sense.reason,
})

/** The worst of the parts, each of its shares on its own. */
function worstOf(parts: readonly TextShares[]): TextShares {
  const trust = doubt ** Math.log2(Math.max(1, parts.length))
  const urgent = Math.max(0, ...parts.map((one) => one.urgent))
  const either = Math.max(0, ...parts.map(total))
  const reason = parts.toSorted((a, b) => total(b) - total(a))[0]?.reason ?? ''
  return { urgent: urgent * trust, concern: (either - urgent) * trust, reason }
}

type Read = (normal: string) => string

type Stretch = TextShares & { readonly text: string }

function stretchesOf(model: Model, read: Read, texts: readonly string[]): readonly Stretch[] {
  return texts.map((one) => {
    const text = read(one)
    return { text, ...model.shares(text) }
  })
}

const worstFirst = (all: readonly Stretch[]): readonly Stretch[] =>
  all.toSorted((a, b) => total(b) - total(a))

/** What the sentence model is to read, spelled out; `units` are the stretches already read by words. */
function pickedOf(model: Model, read: Read, normal: string, units: readonly Stretch[]): readonly string[] {
  const windows = windowsOf(normal)
  if (windows.length <= 2) return windows.map(read)
  const worst =
    windows.length > book ? worstFirst(units).slice(0, 1) : worstFirst(stretchesOf(model, read, windows))
  return worst.slice(0, 2).map(({ text }) => text)
}

/** Letters set apart come as one long run: the rules look again at the words it is parted into. */
const isRun = (normal: string): boolean => normal.length <= 500 && /[a-z]{15}/.test(normal)

/** Without the sentence model, where its packages are not installed, the words decide alone. */
export function createJudge(model: Model, sense?: Sense) {
  const read = createReader(model.vocabulary)
  const thresholds = (sense ?? model).thresholds

  async function sharesOf(
    normal: string,
  ): Promise<{ readonly words: TextShares; readonly both: TextShares }> {
    const texts = unitsOf(normal).map(({ text }) => text)
    const units = stretchesOf(model, read, texts)
    const words = worstOf(units)
    if (sense === undefined) return { words, both: words }
    const picked = pickedOf(model, read, normal, units)
    const sensed = await Promise.all(picked.map((text) => sense.shares(text)))
    return { words, both: mixed(words, worstOf(sensed)) }
  }

  return {
    shares: async (text: string): Promise<TextShares> => (await sharesOf(normalise(text))).both,
    /** `early`: what is not sure is read again with the sentence model, so that words alone do not page anybody. */
    async judge(text: string, early = false): Promise<Verdict> {
      const normal = normalise(text)
      const sure = sureOf(normal) ?? (isRun(normal) ? sureOf(read(normal)) : undefined)
      if (sure?.level === 'urgent') return sure
      const whole = wholeOf(normal)
      if (whole === 'none') return { level: 'none', reason: 'not-noticed' }
      if (whole !== undefined) return { level: whole, reason: 'suicide' }
      const { words, both } = await sharesOf(normal)
      const { urgent, concern, reason } = both
      const least = early || isShort(normal) ? shortShare : 0
      if (urgent >= Math.max(thresholds.urgent, least) && words.urgent >= least)
        return { level: 'urgent', reason }
      if (sure !== undefined) return sure
      if (urgent + concern >= thresholds.concern) return { level: 'concern', reason }
      // Not "all clear": nothing was noticed, which is less.
      return { level: 'none', reason: 'not-noticed' }
    },
  }
}
export type Judge = ReturnType<typeof createJudge>
