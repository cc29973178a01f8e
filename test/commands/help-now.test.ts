import { describe, expect, it } from 'vitest'
import { castOn } from '../support/cast.ts'
import { eachDatabase, slowly, storeFor } from '../support/databases.ts'

/** Ports of a database that never answers again once `broken` is set. */
function breakable<Ports extends Readonly<Record<string, unknown>>>(ports: Ports) {
  const state = { broken: false }
  const wrapped = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [
      name,
      new Proxy(port as Record<string, (...args: never[]) => unknown>, {
        get:
          (target, call: string) =>
          (...args: never[]) =>
            state.broken ? new Promise(() => {}) : target[call]?.(...args),
      }),
    ]),
  ) as Ports
  return { state, wrapped }
}

eachDatabase((make) => {
  const open = storeFor(make)

  describe('/help-now', () => {
    it('answers a stranger before there is a program, asking for the country and guessing none', async () => {
      const cast = castOn(await open())
      const robin = cast.as('robin', { locale: 'en-US', workspace: 'never-set-up' })
      const said = await robin.slash('help-now')
      expect(said).toContain('I do not know which country you are in')
      expect(said).not.toContain('988')
      expect(said).toContain('nobody is reading this chat')
      const pick =
        robin.last?.reply.kind === 'message'
          ? robin.last.reply.blocks.find((block) => block.kind === 'pick')
          : undefined
      const code = pick?.kind === 'pick' ? pick.code : ''
      expect(await robin.pressCode(code, 'ES')).toContain('024')
      expect(await robin.pressCode(code, 'XX')).toContain('I do not know which country')
    })

    it('shows the lines of the program’s country, each with its source and that nobody has checked it', async () => {
      const cast = castOn(await open())
      await cast.program()
      const said = await cast.as('robin').slash('help-now')
      expect(said).toContain('988')
      expect(said).toContain('Not yet checked by your program. Source: https://')
      expect(said.match(/Source:/g)?.length).toBeLessThanOrEqual(3)
    })

    it('answers a member while the database does not answer at all', async () => {
      const { state, wrapped } = breakable(await open())
      const cast = castOn(wrapped)
      await cast.program()
      const ana = await cast.member('ana')
      state.broken = true
      expect(await ana.slash('help-now')).toContain('988')
      expect(await ana.types('ayuda ya')).toContain('988')
    })

    it('answers at once while the database takes two seconds', async () => {
      const { people, programs, ...rest } = await open()
      const cast = castOn({ ...rest, ...slowly({ people, programs }, 2000) })
      const said = await cast.as('robin').slash('help-now')
      expect(said).toContain('Someone can listen now')
    })

    it('an admin’s check and replacement are shown with their day, and old ones are asked about again', async () => {
      const cast = castOn(await open())
      const admin = await cast.program()
      expect(await admin.slash('setup')).toContain('crisis lines have not been checked in the last 90 days')
      const lines = await admin.press('Look at the lines')
      const name = /\[I checked (.*?)\]/.exec(lines)?.[1] ?? ''
      const verify = admin.codeOf(`I checked ${name}`)
      const replace = admin.codeOf(`Replace ${name}`)
      expect(await admin.pressCode(verify)).toContain('checked today')
      expect(await cast.as('robin').slash('help-now')).toContain('Last checked on 2026-03-06.')
      await admin.pressCode(replace)
      expect(
        await admin.fill({ name: 'County line', call: 'not a number', source: 'https://county.example' }),
      ).toContain('could not read that')
      await admin.press('Try again')
      expect(
        await admin.fill({ name: 'County line', call: '1-800-555-0100', source: 'https://county.example' }),
      ).toContain('Changed for your program')
      expect(await cast.as('robin').slash('help-now')).toContain('Call 1-800-555-0100')
      expect(await cast.as('ana', { workspace: 'w9' }).slash('help-now')).not.toContain('County line')
    })
  })
})
