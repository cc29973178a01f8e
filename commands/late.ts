// The answer to what somebody sent just before the bot stopped, once it runs again.
import { z } from 'zod'
import { defineNotice } from '../src/bot.ts'
import { button, say } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'

export const late = defineNotice({
  id: 'late',
  permit: 'anyone',
  params: z.object({ of: z.string(), how: z.enum(['done', 'lost']) }),
  render({ app }, { of, how }) {
    const answer = app.late.get(of)
    if (answer) return { ...answer, blocks: [{ kind: 'text', text: t('kit.late.done') }, ...answer.blocks] }
    return say(
      t(how === 'done' ? 'kit.late.again' : 'kit.late.lost'),
      button(t('help.now.button'), helpNowHere, {}),
    )
  },
})
