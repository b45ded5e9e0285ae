import type { ComponentType } from 'react'
import type { RunStateAnswer } from '#sdk/client'
import { AskAction } from '#studio/features/chat/ask-action.tsx'
import { CompareAction } from '#studio/features/compare/compare-action.tsx'
import { LineageAction } from '#studio/features/lineage/lineage-action.tsx'

/** The buttons in the head of a run, in their order. */
export const runActions: readonly ComponentType<{ readonly run: RunStateAnswer }>[] = [AskAction, LineageAction, CompareAction]
