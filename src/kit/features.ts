// The list of everything a person can type, press, fill in or be told, looked up by name.
import { z } from 'zod'
import { t } from '../words/text.ts'
import { render } from '../words/render.ts'
import type { Action, Command, Feature, Form, Menu, Notice } from './command.ts'

export type Features<App> = {
  readonly commands: ReadonlyMap<string, Command<App>>
  readonly actions: ReadonlyMap<string, Action<App>>
  readonly forms: ReadonlyMap<string, Form<App>>
  readonly menus: ReadonlyMap<string, Menu<App>>
  readonly notices: ReadonlyMap<string, Notice<App>>
}

const isFeature = (value: unknown): value is Feature<never> =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  ['command', 'action', 'form', 'menu', 'notice'].includes(String(value.kind))

export const formIdOf = (command: { readonly name: string }): string => `cmd.${command.name}`

/** A command's options as a form, for when they were missing or could not be read. */
const formOf = <App>({ title, permit, options, suggest, hears, run, name }: Command<App>): Form<App> => ({
  kind: 'form',
  id: formIdOf({ name }),
  title,
  readers: t('kit.readers.you'),
  permit,
  params: z.object({}),
  fields: options,
  ...(suggest && { suggest }),
  ...(hears !== undefined && { hears }),
  run: (call, answers) => run(call, answers),
})

/** Takes command files as modules: every exported feature counts, in order. Throws when two share a name. */
export function collect<App>(modules: readonly Readonly<Record<string, unknown>>[]): Features<App> {
  const found = {
    commands: new Map<string, Command<App>>(),
    actions: new Map<string, Action<App>>(),
    forms: new Map<string, Form<App>>(),
    menus: new Map<string, Menu<App>>(),
    notices: new Map<string, Notice<App>>(),
  }
  const ids = new Set<string>()
  const put = <F>(map: Map<string, F>, id: string, feature: F, scope: string) => {
    if (ids.has(`${scope}:${id}`)) throw new Error(`two features are called ${id}`)
    ids.add(`${scope}:${id}`)
    map.set(id, feature)
  }
  for (const value of modules.flatMap((module) => Object.values(module)).filter(isFeature)) {
    const feature = value as Feature<App>
    if (feature.kind === 'command') {
      put(found.commands, feature.name, feature, 'command')
      put(found.forms, formIdOf(feature), formOf(feature), 'code')
    }
    // Buttons lead to actions and to forms alike, so these two share their names.
    else if (feature.kind === 'action') put(found.actions, feature.id, feature, 'code')
    else if (feature.kind === 'form') put(found.forms, feature.id, feature, 'code')
    else if (feature.kind === 'menu') put(found.menus, feature.id, feature, 'menu')
    else put(found.notices, feature.id, feature, 'notice')
  }
  return found
}

const fold = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The command a sentence begins with, by its name in any language ("help now" is `help-now`), and the words after it. */
export function commandIn<App>(
  commands: ReadonlyMap<string, Command<App>>,
  words: string,
): { readonly command: Command<App>; readonly rest: string } | undefined {
  const said = words.trim().replace(/^\//, '')
  const wanted = fold(said)
  const named = [...commands.values()].flatMap((command) => {
    const titles = [render(command.title, 'en'), render(command.title, 'es')]
    return [command.name, ...titles].map((name) => ({ command, name: fold(name).replaceAll('-', ' ') }))
  })
  const spaced = wanted.replaceAll('-', ' ')
  const hit = named
    .filter(({ name }) => spaced === name || spaced.startsWith(`${name} `))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
  return hit && { command: hit.command, rest: said.slice(hit.name.length).trim() }
}
