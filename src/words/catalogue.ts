// Every sentence Handrail says, both languages side by side: a missing translation does not compile.
import alumni from '../../content/words/alumni.json' with { type: 'json' }
import awayLetter from '../../content/words/away-letter.json' with { type: 'json' }
import buddies from '../../content/words/buddies.json' with { type: 'json' }
import cases from '../../content/words/cases.json' with { type: 'json' }
import checkins from '../../content/words/checkins.json' with { type: 'json' }
import discord from '../../content/words/discord.json' with { type: 'json' }
import groups from '../../content/words/groups.json' with { type: 'json' }
import help from '../../content/words/help.json' with { type: 'json' }
import journal from '../../content/words/journal.json' with { type: 'json' }
import kit from '../../content/words/kit.json' with { type: 'json' }
import library from '../../content/words/library.json' with { type: 'json' }
import meetings from '../../content/words/meetings.json' with { type: 'json' }
import mydata from '../../content/words/mydata.json' with { type: 'json' }
import operate from '../../content/words/operate.json' with { type: 'json' }
import people from '../../content/words/people.json' with { type: 'json' }
import plans from '../../content/words/plans.json' with { type: 'json' }
import invites from '../../content/words/invites.json' with { type: 'json' }
import pledges from '../../content/words/pledges.json' with { type: 'json' }
import posts from '../../content/words/posts.json' with { type: 'json' }
import retention from '../../content/words/retention.json' with { type: 'json' }
import practice from '../../content/words/practice.json' with { type: 'json' }
import playground from '../../content/words/playground.json' with { type: 'json' }
import privacy from '../../content/words/privacy.json' with { type: 'json' }
import progress from '../../content/words/progress.json' with { type: 'json' }
import recovery from '../../content/words/recovery.json' with { type: 'json' }
import reminders from '../../content/words/reminders.json' with { type: 'json' }
import rooms from '../../content/words/rooms.json' with { type: 'json' }
import safety from '../../content/words/safety.json' with { type: 'json' }
import scales from '../../content/words/scales.json' with { type: 'json' }
import sessions from '../../content/words/sessions.json' with { type: 'json' }
import skills from '../../content/words/skills.json' with { type: 'json' }
import slack from '../../content/words/slack.json' with { type: 'json' }
import urges from '../../content/words/urges.json' with { type: 'json' }

const files = {
  ...alumni,
  ...awayLetter,
  ...buddies,
  ...cases,
  ...checkins,
  ...discord,
  ...groups,
  ...help,
  ...journal,
  ...kit,
  ...library,
  ...mydata,
  ...operate,
  ...people,
  ...plans,
  ...meetings,
  ...invites,
  ...pledges,
  ...posts,
  ...retention,
  ...practice,
  ...playground,
  ...privacy,
  ...progress,
  ...recovery,
  ...reminders,
  ...rooms,
  ...safety,
  ...scales,
  ...sessions,
  ...skills,
  ...slack,
  ...urges,
}

export type MessageKey = keyof typeof files

export const catalogue: Readonly<Record<MessageKey, { readonly en: string; readonly es: string }>> = files
