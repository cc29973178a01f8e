// Skills by what they are called: names, other names and acronyms, with typos.
import MiniSearch from 'minisearch'
import type { Skill } from '../content.ts'
import { wordsOf } from './text.ts'

type Named = Pick<Skill, 'slug' | 'name' | 'also'>

/** Words that say nothing about which skill is meant: "that breathing thing", "la de los dientes". */
const filler = new Set(
  `the a an of to for with and or in on at my me i you do does how what is it its this that one thing things stuff exercise technique skill skills
  method tool practice want need show try use about like where from called el la los las lo un una de del con y o en para por mi me
  como que es eso esa ese este esta cosa tecnica ejercicio habilidad herramienta practica quiero necesito hacer hago haz se`.split(
    /\s+/,
  ),
)
/** Words of asking for a skill by its name: "what does HALT stand for", "siglas de DEAR MAN". */
const asking = new Set(
  `dbt cbt tcc acronym acronyms letters stand stands mean means meaning again remind remember explain script list
  worksheet handout card work works help was did are can acronimo sigla siglas letras significa significan quiere decir era eran
  recordar recuerdas recuerdame explica explicame lista hoja pasos funciona sirve usa usar`.split(/\s+/),
)
/** Letters with dots or spaces between them are one word: "h.a.l.t.", "4-7-8". */
const unspelled = (text: string): string =>
  text.replaceAll(/(?<![\p{L}\p{N}])(?:[\p{L}\p{N}][.\s-]{1,2}){2,}[\p{L}\p{N}](?![\p{L}\p{N}])/gu, (one) =>
    one.replaceAll(/[^\p{L}\p{N}]/gu, ''),
  )
const telling = (text: string): readonly string[] =>
  wordsOf(unspelled(text)).filter((word) => !filler.has(word))
/** An acronym said as such amid other words. */
const shouted = (text: string): readonly string[] =>
  /\p{Ll}/u.test(text) ? (text.match(/(?<!\p{L})\p{Lu}{3,}(?:\s\p{Lu}{3,})*(?!\p{L})/gu) ?? []) : []

function distance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1
      const swapped =
        i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]
          ? (before[j - 2] ?? 0) + 1
          : Infinity
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same, swapped))
    }
    if (Math.min(...next) > most) return most + 1
    before = row
    row = next
  }
  return row[right.length] ?? most + 1
}

/** How alike, 0 to 1; one slip of the thumb in four letters is let through. */
function likeness(typed: string, word: string): number {
  const longer = Math.max(typed.length, word.length)
  const most = Math.floor(longer / 4)
  const away = distance(typed, word, most)
  return away > most ? 0 : 1 - away / longer
}

/** The same for one word among others, which may also be unfinished. */
function wordLikeness(typed: string, word: string): number {
  const whole = likeness(typed, word)
  if (whole > 0 || typed.length < 4) return whole
  const begun = [0, 1].map((more) => distance(typed, word.slice(0, typed.length + more), 1))
  return Math.min(...begun) <= 1 ? 0.85 : 0
}

/** Word by word in any order, or run together; words of the name left unsaid count against it. */
function alikeNames(typed: readonly string[], name: readonly string[]): number {
  const joined = likeness(typed.join(''), name.join(''))
  if (typed.length > name.length + 1) return joined
  const alike = typed.length > 1 ? wordLikeness : likeness
  let sum = 0
  for (const one of typed) {
    const best = Math.max(0, ...name.map((word) => alike(one, word)))
    if (best === 0) return joined
    sum += best
  }
  return Math.max(joined, sum / Math.max(typed.length, name.length))
}

export function createNames(skills: readonly Named[]) {
  const called = skills.flatMap(({ slug, name, also }) =>
    [
      slug.replaceAll('-', ' '),
      ...Object.values(name),
      ...Object.values(name).flatMap((one) => one.split(/[:(]/)),
      ...also.en,
      ...also.es,
      ...[name.en, name.es, ...also.en, ...also.es].flatMap((one) => unspelled(one).match(/\d{3,}/g) ?? []),
    ]
      .map(telling)
      .filter((words) => words.length > 0)
      .map((words) => ({ slug, words })),
  )
  const index = new MiniSearch<{ readonly id: string; readonly words: string }>({
    fields: ['words'],
    tokenize: (text) => [...wordsOf(text)],
    searchOptions: { prefix: true, fuzzy: 0.2, combineWith: 'AND' },
  })
  index.addAll(
    skills.map(({ slug, name, also }) => ({
      id: slug,
      words: [slug.replaceAll('-', ' '), name.en, name.es, ...also.en, ...also.es].join(' '),
    })),
  )
  return {
    /** How nearly the text is a skill's name: slug → 0.8 to 1. */
    named(text: string): ReadonlyMap<string, number> {
      const found = new Map<string, number>()
      const said = shouted(text).map((one) => telling(one).join(''))
      for (const { slug, words } of called) if (said.includes(words.join(''))) found.set(slug, 0.9)
      const told = telling(text)
      const named = told.filter((word) => !asking.has(word))
      const words = named.length > 0 ? named : told
      if (words.length === 0 || words.length > 7) return found
      for (const one of called) {
        const alike = alikeNames(words, one.words)
        if (alike >= 0.8 && alike > (found.get(one.slug) ?? 0)) found.set(one.slug, alike)
      }
      return found
    },
    /** Slugs whose names hold every word typed so far, for completing while typing. */
    suggest: (text: string): readonly string[] =>
      index.search(text.slice(0, 100)).map(({ id }) => String(id)),
  }
}
