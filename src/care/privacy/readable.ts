// What a person takes along, as a page that any browser shows with no software and no network.
import { render } from '../../words/render.ts'
import { t, type Language, type Text } from '../../words/text.ts'
import type { Person } from '../members/ports.ts'
import type { Told } from './ports.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (words: string): string => words.replaceAll(/[&<>"']/g, (one) => escapes[one] ?? '')

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#22303a;background:#fbfaf6}' +
  'h1,h2{line-height:1.2}article{border-top:1px solid #d8d3c4;padding:.75rem 0}pre{white-space:pre-wrap;font:inherit;margin:.25rem 0}dt{color:#59656d;font-size:.9rem}dd{margin:0 0 .25rem}'

/** A value in words: lists and small objects are shown as they are, nothing is left out. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object') return JSON.stringify(value, null, 2)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function article(row: Readonly<Record<string, unknown>>): string {
  const body = row['body'] ?? row['answers']
  const flat =
    typeof body === 'object' && body !== null && !Array.isArray(body)
      ? { ...row, ...(body as Record<string, unknown>), body: undefined, answers: undefined }
      : row
  const terms = Object.entries(flat)
    .filter(([name, value]) => name !== 'id' && value !== null && value !== undefined)
    .map(([name, value]) => `<dt>${escape(name)}</dt><dd><pre>${escape(shown(value))}</pre></dd>`)
  return `<article><dl>${terms.join('')}</dl></article>`
}

export function readablePage(person: Person, told: Told, language: Language, at: Date): string {
  const say = (words: Text) => escape(render(words, language))
  const sections = Object.entries(told)
    .filter(([, rows]) => rows.length > 0)
    .map(
      ([table, rows]) =>
        `<h2>${escape(table)} (${rows.length})</h2>${rows.map((row) => article(row)).join('')}`,
    )
  const title = say(t('mydata.export.title', { name: person.name, day: at.toISOString().slice(0, 10) }))
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${style}</style></head>`,
    `<body><h1>${title}</h1><p>${say(t('mydata.export.about'))}</p><p><strong>${say(t('mydata.export.notice'))}</strong></p>`,
    ...sections,
    '</body></html>',
  ].join('\n')
}
