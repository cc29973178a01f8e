import { describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { collect } from '../../src/kit/features.ts'
import { codeLimit, encode } from '../../src/kit/codec.ts'
import { commands } from '../../commands/index.ts'

const features = collect<App>(commands)

describe('what the bot has published', () => {
  it('keeps its names: they live on in messages that were sent long ago', async () => {
    const names = {
      commands: [...features.commands.keys()].toSorted(),
      actions: [...features.actions.keys()].toSorted(),
      forms: [...features.forms.keys()].toSorted(),
      menus: [...features.menus.keys()].toSorted(),
      notices: [...features.notices.keys()].toSorted(),
    }
    await expect(`${JSON.stringify(names, null, 2)}\n`).toMatchFileSnapshot('surface.snap')
  })

  it('has codes that fit a button with a row id in every place and a program behind', () => {
    const id = 'x'.repeat(22)
    for (const [name, { params }] of [...features.actions, ...features.forms]) {
      const keys = Object.keys(params.shape)
      const longest = Object.fromEntries(keys.map((key, index) => [key, index === 0 ? id : 'facilitator']))
      expect(encode(name, params, longest).length + 1 + 22, name).toBeLessThanOrEqual(codeLimit)
    }
  })

  it('asks for nothing that platforms do not allow', () => {
    for (const { name, options } of features.commands.values()) {
      expect(name).toMatch(/^[a-z][a-z-]{1,31}$/)
      expect(Object.keys(options).length).toBeLessThanOrEqual(25)
      for (const option of Object.keys(options)) expect(option).toMatch(/^[a-z]{1,32}$/)
    }
  })
})
