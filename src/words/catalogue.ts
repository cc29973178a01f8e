// Every sentence Handrail says, both languages side by side: a missing translation does not compile.
import checkins from '../../content/words/checkins.json' with { type: 'json' }
import discord from '../../content/words/discord.json' with { type: 'json' }
import help from '../../content/words/help.json' with { type: 'json' }
import kit from '../../content/words/kit.json' with { type: 'json' }
import operate from '../../content/words/operate.json' with { type: 'json' }
import people from '../../content/words/people.json' with { type: 'json' }
import playground from '../../content/words/playground.json' with { type: 'json' }
import progress from '../../content/words/progress.json' with { type: 'json' }
import reminders from '../../content/words/reminders.json' with { type: 'json' }
import slack from '../../content/words/slack.json' with { type: 'json' }

const files = {
  ...checkins,
  ...discord,
  ...help,
  ...kit,
  ...operate,
  ...people,
  ...playground,
  ...progress,
  ...reminders,
  ...slack,
}

export type MessageKey = keyof typeof files

export const catalogue: Readonly<Record<MessageKey, { readonly en: string; readonly es: string }>> = files
