import type { Db } from './database.ts'

/** The secret under which this installation signs links: the first one proposed stays. */
export async function serverSecret(db: Db, proposed: string): Promise<string> {
  await db.insertInto('server_secret').values({ name: 'links', value: proposed }).onConflict((conflict) => conflict.doNothing()).execute()
  const { value } = await db.selectFrom('server_secret').select('value').where('name', '=', 'links').executeTakeFirstOrThrow()
  return value
}
