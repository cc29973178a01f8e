// The page is for whoever sits at this machine: no other host name, no other local page, no foreign content.
import { timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

const here = ['127.0.0.1', 'localhost', '[::1]']

export const headers: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
})

/** A page elsewhere can point its own name at 127.0.0.1; its requests still carry that name. */
export const onlyThisHost: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? ''
  const origin = c.req.header('origin')
  if (!here.includes(host.replace(/:\d+$/, ''))) return c.text('This page is only for this machine.', 421)
  if (origin !== undefined && origin !== `http://${host}`)
    return c.text('This page answers only itself.', 403)
  return next()
}

const same = (one: string, other: string) => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The token is in the page, which no other page can read. An event stream cannot send headers, so it may ask by query. */
export const withToken =
  (token: string): MiddlewareHandler =>
  async (c, next) => {
    const given = c.req.header('x-handrail-token') ?? c.req.query('token') ?? ''
    return same(given, token) ? next() : c.json({ problem: 'reload' }, 401)
  }
