const text = { type: 'string', minLength: 1 }
const color = { type: 'string', pattern: '^#[0-9a-f]{6}$' }
const stat = { type: 'string', pattern: '^(Sum|Average|Minimum|Maximum|SampleCount|p\\d{1,2})$' }
const region = { type: 'string', pattern: '^(\\$\\{AWS::Region\\}|[a-z]{2}(-[a-z]+)+-\\d)$' }
const side = { enum: ['left', 'right'] }

function toObject(required: readonly string[], properties: object) {
  return { type: 'object', additionalProperties: false, required, properties }
}

const shared = {
  ...{ color, region, stat, label: text, visible: { type: 'boolean' }, yAxis: side },
  id: { type: 'string', pattern: '^[a-z][A-Za-z0-9_]*$' },
}
const metricRow = {
  type: 'array',
  minItems: 3,
  items: { anyOf: [text, toObject([], shared)] },
}
const expressionRow = {
  type: 'array',
  minItems: 1,
  maxItems: 1,
  items: toObject(['expression'], { ...shared, expression: text }),
}
const axis = toObject([], {
  ...{ label: text, min: { type: 'number' }, max: { type: 'number' } },
  showUnits: { type: 'boolean' },
})

const properties = {
  metric: toObject(['metrics', 'region'], {
    ...{ region, stat, title: text, stacked: { type: 'boolean' }, sparkline: { type: 'boolean' } },
    metrics: {
      type: 'array',
      minItems: 1,
      maxItems: 500,
      items: { anyOf: [metricRow, expressionRow] },
    },
    period: { enum: [60, 300] },
    view: { enum: ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table'] },
    yAxis: toObject([], { left: axis, right: axis }),
    legend: toObject(['position'], { position: { enum: ['right', 'bottom', 'hidden'] } }),
    annotations: toObject([], {
      horizontal: {
        type: 'array',
        items: toObject(['value'], {
          ...{ value: { type: 'number' }, label: text, color, yAxis: side },
          fill: { enum: ['above', 'below'] },
        }),
      },
    }),
  }),
  alarm: toObject(['alarms'], {
    title: text,
    alarms: { type: 'array', minItems: 1, maxItems: 100, uniqueItems: true, items: text },
    sortBy: { enum: ['default', 'stateUpdatedTimestamp', 'timestamp'] },
    states: { type: 'array', items: { enum: ['ALARM', 'INSUFFICIENT_DATA', 'OK'] } },
  }),
  text: toObject(['markdown'], { markdown: text, background: { enum: ['solid', 'transparent'] } }),
}

/** The part of AWS's "Dashboard Body Structure and Syntax" that a dashboard here may use. */
export const dashboardSchema = {
  ...toObject(['widgets'], {
    start: { type: 'string', pattern: '^-PT?\\d+[MHDW]$' },
    periodOverride: { enum: ['auto', 'inherit'] },
    widgets: {
      type: 'array',
      maxItems: 500,
      items: {
        anyOf: Object.entries(properties).map(([type, properties]) =>
          toObject(['type', 'x', 'y', 'width', 'height', 'properties'], {
            type: { const: type },
            x: { type: 'integer', minimum: 0, maximum: 23 },
            y: { type: 'integer', minimum: 0 },
            width: { type: 'integer', minimum: 1, maximum: 24 },
            height: { type: 'integer', minimum: 1, maximum: 1000 },
            properties,
          }),
        ),
      },
    },
  }),
}
