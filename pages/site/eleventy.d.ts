/** The part of Eleventy that the site uses; the package has no types of its own. */
declare module '@11ty/eleventy' {
  export interface Configuration {
    addTemplate(path: string, content: string, data: Readonly<Record<string, unknown>>): void
    addPassthroughCopy(paths: Readonly<Record<string, string>>): void
    addGlobalData(name: string, value: unknown): void
    setTemplateFormats(formats: readonly string[]): void
    setUseGitIgnore(use: boolean): void
  }

  export class Eleventy {
    constructor(
      input: string,
      output: string,
      options: {
        readonly quietMode: boolean
        readonly config: (configuration: Configuration) => void
      },
    )
    write(): Promise<unknown>
  }
}
