// A child that opens a database and says whether it was let in, then waits until its input ends.
import { CannotStart } from '../../src/store/cannot-start.ts'
import { connect } from '../../src/store/connection.ts'

const connection = await connect(process.argv[2] ?? '').catch((error: unknown) => {
  if (!(error instanceof CannotStart)) throw error
})
process.stdout.write(connection === undefined ? 'out\n' : 'in\n')
process.stdin.resume()
process.stdin.on('end', () => {
  void connection?.close()
})
