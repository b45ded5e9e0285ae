import { describe, expect, test } from 'vitest'
import { readQueryWishes } from './query-wishes.ts'

const columns = ['Gender', 'tenure', 'TotalCharges', 'churn', 'monthly_fee', 'class', 'pclass', 'survived', 'price', 'who', 'Street Name', 'age', 'target', '💥 size', 'x', 'age group'].map((name, i) => ({ id: `c${i}`, name }))
const named = (ids: readonly (string | null)[]) => ids.map((id) => columns.find((column) => column.id === id)?.name ?? null)

describe('a request in plain words names its target', () => {
  test.each([
    ['predict churn', 'churn'],
    ['Predict Churn.', 'churn'],
    ["predict churn, don't use gender", 'churn'],
    ['I want to predict whether a customer will churn', 'churn'],
    ['please predict which passengers survived', 'survived'],
    ['forecast the monthly fee', 'monthly_fee'],
    ['predict total charges from tenure and gender', 'TotalCharges'],
    ['predicting TotalCharges using tenure', 'TotalCharges'],
    ['target: price', 'price'],
    ['target is `price`', 'price'],
    ['target column survived', 'survived'],
    ['the label is "churn"', 'churn'],
    ['label = churn', 'churn'],
    ['churn is the label', 'churn'],
    ['use churn as the target', 'churn'],
    ['build a churn model', 'churn'],
    ['price prediction for houses', 'price'],
    ['predict the target', 'target'],
    ['predict class', 'class'],
    ['predict pclass', 'pclass'],
    ['what drives churn?', 'churn'],
    ['estimate the street-name', 'Street Name'],
    ['predict 💥 size', '💥 size'],
    ['predict x', 'x'],
    ['classify who', 'who'],
    ['predict age group', 'age group'],
    ['predict churn and explain it', 'churn'],
  ])('%s', (query, target) => {
    expect(named([readQueryWishes(query, columns).target])).toEqual([target])
  })
})

describe('a request in plain words leaves columns out', () => {
  test.each([
    ["predict churn, don't use gender", ['Gender']],
    ['predict churn, don’t use gender', ['Gender']],
    ['predict churn, dont use gender or age', ['Gender', 'age']],
    ['predict churn but do not use the gender column', ['Gender']],
    ['predict churn without gender', ['Gender']],
    ['predict churn without using gender, age and tenure', ['Gender', 'age', 'tenure']],
    ['predict churn ignoring total charges', ['TotalCharges']],
    ['predict churn; ignore Gender', ['Gender']],
    ['Exclude `monthly_fee`. Predict churn.', ['monthly_fee']],
    ['leave out gender and predict churn', ['Gender']],
    ['leave gender out', ['Gender']],
    ['drop tenure, then predict churn', ['tenure']],
    ['predict churn, but not gender', ['Gender']],
    ['gender must not be used to predict churn', ['Gender']],
    ['predict churn, gender and age should be excluded', ['Gender', 'age']],
    ['predict churn except for age', ['age']],
    ['predict churn never using age', ['age']],
    ['do not rely on age', ['age']],
    ['ignore age group', ['age group']],
  ])('%s', (query, excluded) => {
    const wishes = readQueryWishes(query, columns)
    expect(named(wishes.exclude).sort()).toEqual([...excluded].sort())
    if (/predict churn/i.test(query)) expect(named([wishes.target])).toEqual(['churn'])
  })
})

describe('what is not plain gives nothing', () => {
  test.each([
    ['', null, []],
    ['a nice table', null, []],
    ['predict churn and tenure', null, []],
    ['predict churn or survived', null, []],
    ["don't drop gender", null, []],
    ["predict churn, don't ignore age", 'churn', []],
    ['gender should not be excluded; predict churn', 'churn', []],
    ['drop rows where age is missing and predict churn', 'churn', []],
    ["don't predict churn", null, []],
    ['predict churn without churn', null, []],
    ['predict agegroups', null, []],
    ['keep it simple, predict churn', 'churn', []],
    ['who are our best customers', null, []],
    ['predict churn, no outage matters', 'churn', []],
  ])('%s', (query, target, excluded) => {
    const wishes = readQueryWishes(query, columns)
    expect(named([wishes.target])).toEqual([target])
    expect(named(wishes.exclude)).toEqual(excluded)
  })

  test('and says so', () => {
    expect(readQueryWishes('predict churn and tenure', columns).notes.join()).toContain('more than one target')
    expect(readQueryWishes('predict revenue', columns).notes.join()).toContain('"revenue"')
    expect(readQueryWishes('predict churn without zodiac', columns).notes.join()).toContain('"zodiac"')
  })
})
