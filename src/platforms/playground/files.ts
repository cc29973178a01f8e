// The page's own files, read once at the start; nothing else on this machine can be asked for.
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
}
export type PageFile = { readonly type: string; readonly body: Buffer }

const { resolve } = createRequire(import.meta.url)
const folder = new URL('page/', import.meta.url)
const fonts = {
  'inter-400.ttf': '400Regular/Inter_400Regular.ttf',
  'inter-600.ttf': '600SemiBold/Inter_600SemiBold.ttf',
}

async function read(name: string, from: string | URL): Promise<readonly [string, PageFile]> {
  return [name, { type: types[extname(name)] ?? 'application/octet-stream', body: await readFile(from) }]
}

export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const own = (await readdir(folder)).map((name) => read(name, new URL(name, folder)))
  const inter = Object.entries(fonts).map(([name, file]) =>
    read(name, resolve(`@expo-google-fonts/inter/${file}`)),
  )
  return new Map(await Promise.all([...own, ...inter]))
}
