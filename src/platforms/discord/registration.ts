// The command list as Discord registers it: typed options, both languages, the menus of messages.
import {
  ApplicationCommandOptionType as Type,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js'
import type { Command, Menu } from '../../kit/command.ts'
import type { Features } from '../../kit/features.ts'
import type { Choice, Field } from '../../kit/field.ts'
import { render } from '../../words/render.ts'
import { isText, type Text } from '../../words/text.ts'
import { cut, limits } from './limits.ts'

type Body = RESTPutAPIApplicationCommandsJSONBody[number]

const inSpanish = (words: string) => ({ 'es-ES': words, 'es-419': words })

const both = (text: Text, max: number, key: 'name' | 'description') => ({
  [key]: cut(render(text, 'en'), max),
  [`${key}_localizations`]: inSpanish(cut(render(text, 'es'), max)),
})

/** Discord takes names of commands and options in lower case and without spaces. */
export const optionName = (field: string): string => field.toLowerCase()
const commandName = (title: Text): string => render(title, 'es').toLowerCase().replaceAll(' ', '-')

const choiceOf = ({ value, label }: Choice) =>
  isText(label)
    ? {
        name: cut(render(label, 'en'), limits.option),
        name_localizations: inSpanish(cut(render(label, 'es'), limits.option)),
        value,
      }
    : { name: cut(label, limits.option), value }

const words = (max: number) => ({
  type: Type.String as const,
  max_length: Math.min(max, limits.commandInput),
})

function typeOf(field: Field) {
  switch (field.kind) {
    case 'text':
      return { ...words(field.max), ...(field.search && { autocomplete: true as const }) }
    case 'paragraph':
      return words(field.max)
    case 'whole':
    case 'scale':
      return { type: Type.Integer as const, min_value: field.min, max_value: field.max }
    case 'choice':
      return {
        type: Type.String as const,
        ...(field.choices.length <= limits.options && { choices: field.choices.map(choiceOf) }),
      }
    case 'person':
      return { type: Type.User as const }
    case 'room':
      return { type: Type.Channel as const }
    case 'flag':
      return { type: Type.Boolean as const }
    // One option holds one value on Discord, so several are written side by side.
    case 'choices':
    case 'people':
    case 'date':
    case 'time':
      return { type: Type.String as const }
    case 'file':
      throw new Error('only a form asks for a file')
  }
}

function optionOf([name, field]: readonly [string, Field]): APIApplicationCommandBasicOption {
  return {
    name: optionName(name),
    ...both(field.label, limits.description, 'description'),
    ...(field.required && { required: true }),
    ...typeOf(field),
  } as APIApplicationCommandBasicOption
}

const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
}

function commandOf({ name, title, description, options }: Command<never>): Body {
  const fields = Object.entries(options).toSorted(([, a], [, b]) => Number(b.required) - Number(a.required))
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    name_localizations: inSpanish(commandName(title)),
    ...both(description, limits.description, 'description'),
    options: fields.map(optionOf),
    ...everywhere,
  } as Body
}

/** Discord names a menu by its words alone, so these are how it is found again. */
export const menuName = ({ title }: Pick<Menu<never>, 'title'>): string =>
  cut(render(title, 'en'), limits.commandName)

const menuOf = (menu: Menu<never>): Body => ({
  type: ApplicationCommandType.Message,
  name: menuName(menu),
  name_localizations: inSpanish(cut(render(menu.title, 'es'), limits.commandName)),
  ...everywhere,
})

export const registrationOf = ({ commands, menus }: Features<never>): Body[] => [
  ...[...commands.values()].map(commandOf),
  ...[...menus.values()].map(menuOf),
]
