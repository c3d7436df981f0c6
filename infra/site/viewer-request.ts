/** What CloudFront Functions hand over of a request, as far as it is looked at. */
export interface ViewerEvent {
  readonly request: {
    uri: string
    readonly querystring: Readonly<Record<string, QueryValue>>
  }
}

interface QueryValue {
  readonly value: string
  readonly multiValue?: readonly { readonly value: string }[]
}

/** A redirect, or the request that goes on to the bucket. */
export type ViewerAnswer =
  | ViewerEvent['request']
  | {
      readonly statusCode: number
      readonly statusDescription: string
      readonly headers: Readonly<Record<string, { readonly value: string }>>
    }

/**
 * Finds the file of an address, because a bucket has no folders: that of a folder is its index.html. An address
 * without the slash at its end is redirected to the one with it, since links of a page are relative; `error_uri`
 * and alarms have such addresses, and browsers keep the anchor on the way.
 *
 * Its source is what CloudFront runs, so that it has only what the runtime cloudfront-js-2.0 knows, and no template
 * literal, in which osls would see a variable of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export function handler(event: ViewerEvent): ViewerAnswer {
  const request = event.request
  const segment = request.uri.slice(request.uri.lastIndexOf('/') + 1)
  if (segment === '') {
    request.uri += 'index.html'
    return request
  }
  // Files have an ending; folders have none, or that of the Markdown that they are made of.
  if (segment.indexOf('.') !== -1 && !/\.md$/.test(segment)) return request
  const words = Object.keys(request.querystring).map((name) => {
    const one = request.querystring[name] as QueryValue
    return (one.multiValue || [one]).map((each) => [name, each.value].join('=')).join('&')
  })
  const query = words.length === 0 ? '' : '?'.concat(words.join('&'))
  // Relative, and never a host: what a path begins with cannot lead away.
  const location = ['.', segment, query].join('/')
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: { location: { value: location }, 'cache-control': { value: 'public, max-age=300' } },
  }
}
