import type { ComponentType } from 'react'
import type { RunStateAnswer } from '#sdk/client'

/** The buttons in the head of a run, in their order. */
export const runActions: readonly ComponentType<{ readonly run: RunStateAnswer }>[] = []
