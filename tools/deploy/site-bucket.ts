import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront'
import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { toSiteCacheControl, toSiteContentType } from '../../core/site-files.ts'
import { listFiles } from '../replace-files.ts'
import { toClientSettings } from './look.ts'

/** Where the files of a stage's site belong. */
export interface SiteTarget {
  readonly region: string
  readonly bucket: string
  readonly distribution: string
}

/** What an upload did, by the number of files. */
export interface Uploaded {
  readonly changed: number
  readonly removed: number
  readonly kept: number
}

/** More than these at once gain nothing and are throttled sooner. */
const uploadsAtOnce = 12
/** S3 deletes no more with one call. */
const deletionsAtOnce = 1000

/**
 * Makes the bucket hold exactly the files of a folder. Pages are the last, so that what they load is there first, and
 * what is gone is deleted after that. CloudFront then forgets what it keeps, also where no file has changed: a call
 * that failed may have been the last one.
 *
 * @throws what AWS refuses
 */
export async function uploadSite(folder: string, target: SiteTarget): Promise<Uploaded> {
  const s3 = new S3Client(toClientSettings(target.region))
  try {
    const { bucket } = target
    const files = listFiles(folder).map((path) => toFile(folder, path))
    const stored = await listStored(s3, bucket)
    const changed = files.filter(({ key, etag }) => stored.get(key) !== etag)
    const [pages, others] = [true, false].map((isPage) =>
      changed.filter(({ key }) => key.endsWith('.html') === isPage),
    )
    for (const group of [others, pages]) await putAll(s3, bucket, group ?? [])
    const keys = new Set(files.map(({ key }) => key))
    const gone = [...stored.keys()].filter((key) => !keys.has(key)).map((Key) => ({ Key }))
    await deleteAll(s3, bucket, gone)
    await forgetCached(target)
    const kept = files.length - changed.length
    return { changed: changed.length, removed: gone.length, kept }
  } finally {
    s3.destroy()
  }
}

/**
 * Deletes every version of every file, without which CloudFormation cannot delete the bucket.
 *
 * @throws what AWS refuses
 */
export async function emptySite({
  region,
  bucket,
}: Omit<SiteTarget, 'distribution'>): Promise<void> {
  const s3 = new S3Client(toClientSettings(region))
  try {
    let isMore = true
    while (isMore) {
      const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }))
      const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
      await deleteAll(
        s3,
        bucket,
        versions.map(({ Key, VersionId }) => ({ Key, VersionId })),
      )
      isMore = page.IsTruncated === true
    }
  } finally {
    s3.destroy()
  }
}

interface SiteFile {
  readonly key: string
  readonly body: Buffer
  /** What S3 calls the digest of an object that it encrypts with its own key. */
  readonly etag: string
}

function toFile(folder: string, path: string): SiteFile {
  const body = readFileSync(path)
  const key = relative(folder, path).replaceAll('\\', '/')
  return { key, body, etag: `"${createHash('md5').update(body).digest('hex')}"` }
}

async function listStored(client: S3Client, bucket: string): Promise<ReadonlyMap<string, string>> {
  const stored = new Map<string, string>()
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    for (const { Key = '', ETag = '' } of page.Contents ?? []) stored.set(Key, ETag)
  }
  return stored
}

async function putAll(s3: S3Client, bucket: string, files: readonly SiteFile[]): Promise<void> {
  for (let from = 0; from < files.length; from += uploadsAtOnce) {
    await Promise.all(
      files.slice(from, from + uploadsAtOnce).map(({ key, body }) =>
        s3.send(
          new PutObjectCommand({
            ...{ Bucket: bucket, Key: key, Body: body },
            ContentType: toSiteContentType(key),
            CacheControl: toSiteCacheControl(key),
          }),
        ),
      ),
    )
  }
}

/** S3 answers 200 also where it refused to delete some of them. */
async function deleteAll(
  s3: S3Client,
  bucket: string,
  objects: readonly Partial<ObjectIdentifier>[],
): Promise<void> {
  const named = objects.map(({ Key = '', ...rest }) => ({ Key, ...rest }))
  for (let from = 0; from < named.length; from += deletionsAtOnce) {
    const Objects = named.slice(from, from + deletionsAtOnce)
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    )
    const [refused] = Errors
    if (refused !== undefined) {
      throw Object.assign(new Error('not deleted'), { name: refused.Code ?? 'Error' })
    }
  }
}

async function forgetCached({ region, distribution }: SiteTarget): Promise<void> {
  const cloudFront = new CloudFrontClient(toClientSettings(region))
  try {
    await cloudFront.send(
      new CreateInvalidationCommand({
        DistributionId: distribution,
        InvalidationBatch: {
          CallerReference: new Date().toISOString(),
          Paths: { Quantity: 1, Items: ['/*'] },
        },
      }),
    )
  } finally {
    cloudFront.destroy()
  }
}
