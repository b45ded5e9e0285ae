/** What only people can say of a model: each statement, who is to make it, and the text that asks for it. */
export interface StatementKind {
  readonly title: string
  /** Whose it is to tell, as model cards and the technical documentation of the AI Act have it. */
  readonly by: string
  readonly asks: string
}

export const statementKinds = {
  intended_use: { title: 'Intended use', by: 'the owner of the process', asks: 'What the predictions are for, and who decides by them.' },
  out_of_scope: { title: 'Uses that are out of scope', by: 'the owner of the process', asks: 'What the predictions are not to be used for.' },
  owner: { title: 'Owner and contact', by: 'the organisation', asks: 'Who answers for the model, and where to reach them.' },
  people_affected: { title: 'People affected', by: 'the owner of the process', asks: 'Whom the predictions concern, and how.' },
  ethical_considerations: { title: 'Ethical considerations', by: 'the owner of the process', asks: 'Sensitive data, possible harm, and what is done about it.' },
  human_oversight: { title: 'Human oversight in use', by: 'the deployer', asks: 'Who may overrule a prediction, and how.' },
  risk_management: { title: 'Risk management', by: 'the organisation', asks: 'Known risks of the use, and what is done about each.' },
  data_governance: { title: 'Origin and rights of the data', by: 'the owner of the data', asks: 'Where the table comes from, and on what ground it may be used.' },
  standards: { title: 'Standards applied', by: 'the organisation', asks: 'Norms and policies that were followed.' },
  declaration: { title: 'Declaration of conformity', by: 'the organisation', asks: 'Where one is needed: the declaration or where it lies.' },
  environmental_impact: { title: 'Environmental impact', by: 'the operator of the machine', asks: 'Energy or hardware of training and use, where it was measured.' },
} as const satisfies Readonly<Record<string, StatementKind>>

export type StatementName = keyof typeof statementKinds
export const statementNames = Object.keys(statementKinds) as [StatementName, ...StatementName[]]
