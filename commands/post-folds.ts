// The themes a reader folds: posts about them ask before they open (feature row 70).
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import { themes } from '../src/care/posts/ports.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, say } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { ownPostReaders, shareDoor } from './words/post-doors.ts'

const none = z.object({})

export const changeFolds = defineAction({
  id: 'po.folds',
  permit: 'known',
  params: none,
  async run({ app, actor }) {
    return open(foldsForm, actor, {}, { themes: [...(await app.posts.foldedBy(actor))] })
  },
})

export const foldsForm = defineForm({
  id: 'po.fold',
  title: t('posts.folds'),
  readers: t('posts.folds.readers'),
  permit: 'known',
  params: none,
  fields: {
    themes: f.optional(
      f.choices(
        t('posts.folds.label'),
        themes.map((value) => ({ value, label: t(`posts.theme.${value}`) })),
        { hint: t('posts.folds.title') },
      ),
    ),
  },
  async run({ app, actor, now }, said) {
    const chosen = themes.filter((one) => said.themes?.includes(one))
    await app.posts.fold(actor, chosen, now)
    return say(
      t(chosen.length === 0 ? 'posts.folds.nothing' : 'posts.folds.saved'),
      button(t('posts.title'), shareDoor, {}),
      ownPostReaders,
    )
  },
})
