// The description of the app that an operator pastes at api.slack.com, made from the list of commands.
import type { Command } from '../../kit/command.ts'
import { usage } from '../../kit/dispatch.ts'
import type { Features } from '../../kit/features.ts'
import type { Fields } from '../../kit/field.ts'
import { render } from '../../words/render.ts'
import { t } from '../../words/text.ts'
import { cut, limits } from './limits.ts'
import { slackName } from './names.ts'
import { slackPath } from './signed.ts'

/** The least that works; the reason beside each. */
export const scopes = [
  // slash commands and the message menu
  'commands',
  // what the bot says
  'chat:write',
  // opens the direct message for reminders
  'im:write',
  // hears direct messages, and looks for a reminder before it repeats one
  'im:history',
  // the same look in rooms that the bot was invited to
  'channels:history',
  'groups:history',
  // makes the private rooms of groups and keeps who is in them
  'groups:read',
  'groups:write',
  // time zone, language, and who manages the workspace
  'users:read',
  // the picture of /progress, and files that people ask for
  'files:write',
  // the file that a person puts into a form, as a copy of their own data
  'files:read',
] as const
const events = [
  'app_home_opened',
  'message.im',
  // what is said in rooms that the bot was invited to or made: it passes the screen
  'message.groups',
  // who is in them, and whether they are still there
  'member_joined_channel',
  'member_left_channel',
  'group_left',
  'group_deleted',
  'group_archive',
  // the app was taken out of the workspace: nothing is sent any more, and after a grace all is erased
  'app_uninstalled',
  'tokens_revoked',
]

export type ManifestOptions = {
  readonly name?: string
  /** The public https address of this bot, for deliveries by HTTP. Without it the app uses Socket Mode. */
  readonly url?: string
}

const mentions = (fields: Fields): boolean =>
  Object.values(fields).some(({ kind }) => kind === 'person' || kind === 'people' || kind === 'room')

export function slackManifest<App>(
  { commands, menus }: Pick<Features<App>, 'commands' | 'menus'>,
  { name = 'Handrail', url }: ManifestOptions = {},
) {
  const address = url === undefined ? undefined : new URL(slackPath, url).href
  const drawCommand = (command: Command<App>) => {
    const hint = usage(command as Command<never>).replace(/^\S+\s*/, '')
    return {
      command: slackName(command.name),
      description: cut(render(command.description, 'en'), 2000),
      ...(hint !== '' && { usage_hint: cut(hint, 1000) }),
      should_escape: mentions(command.options as Fields),
      ...(address && { url: address }),
    }
  }
  const shortcuts = [...menus.values()].map((menu) => ({
    name: cut(render(menu.title, 'en'), limits.shortcut),
    type: 'message',
    callback_id: menu.id,
    description: cut(render(menu.title, 'en'), 150),
  }))
  return {
    _metadata: { major_version: 2 },
    display_information: { name, description: render(t('slack.manifest.about'), 'en') },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: name, always_online: true },
      slash_commands: [...commands.values()].map(drawCommand),
      ...(shortcuts.length > 0 && { shortcuts }),
    },
    oauth_config: { scopes: { bot: [...scopes] } },
    settings: {
      event_subscriptions: { ...(address && { request_url: address }), bot_events: events },
      interactivity: {
        is_enabled: true,
        ...(address && { request_url: address, message_menu_options_url: address }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: address === undefined,
      token_rotation_enabled: false,
    },
  }
}
