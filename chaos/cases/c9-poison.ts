// C9: garbage at the way in that every platform shares. Each gets an answer, and a member is still served afterwards.
import { join } from 'node:path'
import fc from 'fast-check'
import { openStore } from '../../src/store/connect.ts'
import { castOn } from '../../test/support/cast.ts'
import { brokenBy, type Case } from '../case.ts'
import { inFolder } from '../child.ts'

export const poison: Case = {
  id: 'C9',
  what: 'poisoned commands, codes, forms, words and menus from a member and from a stranger (fast-check)',
  planted: 'one code in many is not caught',
  run: ({ quick, seed, planted }) =>
    inFolder(async (dataDir) => {
      const store = await openStore({ dataDir, databaseUrl: `file:${join(dataDir, 'handrail.db')}` })
      const cast = castOn(store)
      await cast.program()
      await cast.member('ana')
      const { commands, actions, forms, menus } = cast.conversation.features
      const words = fc.string({ unit: 'binary', maxLength: 300 })
      const nameOr = (all: Iterable<string>) => fc.oneof(fc.constantFrom(...all), words)
      const code = (all: Iterable<string>) =>
        fc.oneof(
          words,
          fc
            .tuple(fc.constantFrom('h1', 'h2'), nameOr(all), fc.array(words, { maxLength: 4 }))
            .map(([version, name, values]) => [version, name, ...values].join(':')),
        )
      const raw = fc.dictionary(
        fc.oneof(words, fc.constantFrom('words', 'note', 'mood', 'time', 'name', 'from', 'to')),
        fc.oneof(words, fc.integer(), fc.boolean(), fc.array(words, { maxLength: 3 }), fc.constant(null)),
        { maxKeys: 4 },
      )
      const input = fc.oneof(
        fc.record({ kind: fc.constant('command'), name: nameOr(commands.keys()), raw }),
        fc.record({ kind: fc.constant('words'), words }),
        fc.record({ kind: fc.constant('press'), code: code(actions.keys()) }),
        fc.record({ kind: fc.constant('press'), code: code(actions.keys()), chosen: words }),
        fc.record({ kind: fc.constant('submit'), code: code(forms.keys()), raw }),
        fc.record({
          kind: fc.constant('menu'),
          id: nameOr(menus.keys()),
          pointed: fc.record({ messageId: words, room: words, link: words }),
        }),
      )
      const events = quick || planted ? 500 : 100_000
      let rejected = 0
      let apologies = 0
      for (const [index, one] of fc.sample(input, { numRuns: events, seed }).entries()) {
        const speaker = cast.as(index % 3 === 0 ? 'stranger' : 'ana')
        try {
          if (planted && one.kind === 'press' && index % 7 === 0) throw new Error('planted')
          if ((await speaker.send(one as never)).includes('went wrong')) apologies += 1
        } catch {
          rejected += 1
        }
      }
      const helped = (await cast.as('ana').slash('help-now')).includes('988') ? 0 : 1
      await store.close()
      return {
        figures: { events, rejected, 'answered with an apology': apologies },
        broken: brokenBy({ 'events got no answer': rejected, 'members were not served afterwards': helped }),
      }
    }),
}
