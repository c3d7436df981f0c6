import { ResponseBodyError } from 'openid-client'

export * from '../libraries/openid-client.ts'

/** What the library itself has read. */
export const explain = (thrown: unknown) =>
  thrown instanceof ResponseBodyError
    ? { error: thrown.error, description: thrown.error_description, page: undefined }
    : undefined
