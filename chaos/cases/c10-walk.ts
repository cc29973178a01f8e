// C10: a random walk over many programs: everybody types, presses and sends what was shown to people of other programs.
import { join } from 'node:path'
import { openStore } from '../../src/store/connect.ts'
import { buttonsOf, castOn, type Speaker } from '../../test/support/cast.ts'
import { brokenBy, chance, type Case } from '../case.ts'
import { inFolder } from '../child.ts'

type Walker = { readonly program: number; readonly speaker: Speaker }
const secret = (program: number) => `secret-of-${program}-end`

export const walk: Case = {
  id: 'C10',
  what: 'a random walk in which people press and send what was shown in other programs: no word of one is ever shown in another',
  planted: 'who asks is mistaken for somebody else',
  run: ({ quick, seed, planted }) =>
    inFolder(async (dataDir) => {
      const random = chance(seed)
      const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
      const programs = quick ? 4 : 50
      const steps = planted ? 80 : quick ? 200 : 20_000
      const store = await openStore({ dataDir, databaseUrl: `file:${join(dataDir, 'handrail.db')}` })
      const cast = castOn(store)
      const names = [...cast.conversation.features.commands.keys()]
      const walkers: Walker[] = []
      const codes: { readonly owner: Walker; readonly code: string }[] = []
      let shown = 0
      let failures = 0
      const read = (walker: Walker, owner: Walker, said: string) => {
        if (said.includes('went wrong')) failures += 1
        const others = [...said.matchAll(/secret-of-(\d+)-end/g)].filter(
          ([, program]) => Number(program) !== walker.program,
        )
        if (others.length > 0) shown += 1
        const { last } = owner.speaker
        if (!last) return
        for (const { code } of buttonsOf(last)) codes.push({ owner, code })
        if (last.reply.kind === 'form') codes.push({ owner, code: last.reply.code })
      }
      for (let program = 0; program < programs; program += 1) {
        const workspace = `w${program}`
        const admin = await cast.program(workspace)
        const member = await cast.member('member', { workspace })
        for (const speaker of [admin, member]) walkers.push({ program, speaker })
        const words = secret(program)
        for (const said of [
          await member.slash('checkin', { mood: 4, note: words }),
          await member.slash('journal', { words }),
          await member.slash('history'),
        ])
          read({ program, speaker: member }, { program, speaker: member }, said)
      }
      let foreign = 0
      for (let step = 0; step < steps; step += 1) {
        const walker = pick(walkers)
        const roll = random()
        if (roll < 0.3 || codes.length === 0) {
          const raw = { words: secret(walker.program), note: secret(walker.program) }
          const asker = planted ? pick(walkers) : walker
          const name = planted ? 'history' : pick(names)
          read(walker, asker, await asker.speaker.slash(name, random() < 0.5 ? raw : {}))
          continue
        }
        const { owner, code } = pick(codes)
        const presser = planted ? owner : walker
        if (owner.program !== walker.program) foreign += 1
        const said =
          roll < 0.8
            ? await presser.speaker.pressCode(code)
            : await presser.speaker.submit(code, { words: secret(presser.program) })
        read(walker, presser, said)
      }
      await store.close()
      return {
        figures: { programs, steps, 'foreign presses': foreign, 'shown elsewhere': shown, failures },
        broken: brokenBy({ 'answers showed words of another program': shown }),
      }
    }),
}
