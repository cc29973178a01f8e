// docs/reliability.md, written from the results of a run.
import type { Seen } from './case.ts'

export type Result = Seen & {
  readonly id: string
  readonly what: string
  readonly planted: string
  /** What the planted run saw. */
  readonly caught: readonly string[]
  readonly seconds: number
}

type Run = { readonly at: string; readonly commit: string; readonly quick: boolean; readonly seed: number }

const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

export function table({ at, commit, quick, seed }: Run, results: readonly Result[]): string {
  const command = `npm run chaos --${quick ? ' --quick' : ''} --seed ${seed}`
  const rows = results.map(({ id, what, planted, caught, figures, broken }) =>
    row([
      id,
      what,
      `${planted}: ${caught.length > 0 ? caught.join('; ') : '**not seen**'}`,
      Object.entries(figures)
        .map(([name, figure]) => `${name} ${figure.toLocaleString('en')}`)
        .join(', '),
      broken.length === 0 ? 'held' : `**${broken.join('; ')}**`,
    ]),
  )
  return `# What happens when things break

Written by \`npm run chaos\`; do not edit by hand. This is the ${quick ? 'short' : 'long'} form of ${at.slice(0, 10)} on commit ${commit},
seed ${seed}. To run it again: \`${command}\`.

Each case breaks something on purpose while people and prompts go on, and counts what was lost or doubled. First it makes a mistake of its own:
a case that does not see its own mistake fails.

${row(['Case', 'What is broken', 'Mistake planted first, and what was seen', 'Figures', 'Promise'])}
${row(['---', '---', '---', '---', '---'])}
${rows.join('\n')}
`
}
