// Discord's own description of its API with unknown keys refused, and what it finds wrong in plain words.
import * as z from 'zod/mini'
import type { ZodMiniType } from 'zod/mini'
import { isObject } from './payloads.ts'
import type { Json } from './state.ts'

type Def = Readonly<Record<string, unknown>> & { readonly type: string }
const known = new Map<ZodMiniType, ZodMiniType>()

/** The same schema with unknown keys refused. The package's own switch comes too late: its schemas are made on import. */
function strict(schema: ZodMiniType): ZodMiniType {
  const before = known.get(schema)
  if (before) return before
  const def = schema.def as unknown as Def
  const inner = (key: string) => strict(def[key] as ZodMiniType)
  const copy = (more: Json) => z.clone(schema, { ...def, ...more } as never) as unknown as ZodMiniType
  const made = () => {
    switch (def.type) {
      case 'object': {
        const shape = Object.entries(def['shape'] as Record<string, ZodMiniType>)
        return copy({
          shape: Object.fromEntries(shape.map(([key, one]) => [key, strict(one)])),
          catchall: z.never(),
        })
      }
      case 'array':
        return copy({ element: inner('element') })
      case 'union':
        return copy({ options: (def['options'] as ZodMiniType[]).map(strict) })
      case 'optional':
      case 'nullable':
        return copy({ innerType: inner('innerType') })
      case 'record':
        return copy({ valueType: inner('valueType') })
      case 'lazy':
        return z.lazy(() => strict((def['getter'] as () => ZodMiniType)())) as unknown as ZodMiniType
      default:
        return schema
    }
  }
  const result = made()
  known.set(schema, result)
  return result
}

type Issue = {
  readonly code: string
  readonly message: string
  readonly path: readonly PropertyKey[]
  readonly keys?: readonly string[]
  readonly errors?: readonly (readonly Issue[])[]
}
/** Of a union, what the alternative that came closest found wrong. */
function words({ code, message, path, keys, errors }: Issue, before: readonly PropertyKey[] = []): string[] {
  const at = [...before, ...path]
  if (errors && errors.length > 0) {
    const isOther = (issues: readonly Issue[]) => issues.some((one) => one.path.at(-1) === 'type')
    const closest = errors.toSorted(
      (a, b) => Number(isOther(a)) - Number(isOther(b)) || a.length - b.length,
    )[0]
    return (closest ?? []).flatMap((one) => words(one, at))
  }
  return [
    `${at.map(String).join('.') || 'body'}: ${keys ? `unknown ${keys.join(', ')}` : `${message} (${code})`}`,
  ]
}
/** discord.js writes these two keys into every message, also where Discord's description does not have them. */
function withoutOwn(body: unknown): unknown {
  if (!isObject(body)) return body
  const kept = Object.entries(body).filter(
    ([key, value]) => (key !== 'enforce_nonce' && key !== 'tts') || value !== false,
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, key === 'data' ? withoutOwn(value) : value]))
}
/** What is wrong with a body, one sentence each. */
export function check(schema: ZodMiniType, body: unknown): string[] {
  const result = strict(schema).safeParse(withoutOwn(body))
  return result.success ? [] : (result.error.issues as unknown as Issue[]).flatMap((one) => words(one))
}
