/** A range of numbers: above `from`, up to `to`; null is open. These are the ends that `shapes` names. */
export interface NumberRange {
  readonly from: number | null
  readonly to: number | null
}

/**
 * Values of one feature, named by what they are and never by their bin, so that an edit can be made again on a fit with
 * other bins. What is named adds up.
 */
export interface ValueSelection {
  readonly feature: string
  /** A bin of a number is meant where most of it lies in a range; see `select-slots.ts`. */
  readonly ranges?: readonly NumberRange[]
  /** All levels that share a bin must be named. */
  readonly levels?: readonly string[]
  readonly missing?: boolean
  /** Levels that the model does not list. */
  readonly unseen?: boolean
}

/** The features that a term reads; for a pair in either order. */
export type TermFeatures = readonly [string] | readonly [string, string]

interface EditBase {
  readonly term: TermFeatures
  /** Kind of the term for which the edit was made, recorded when it is; on a term of another kind it is refused. */
  readonly kind?: 'numeric' | 'category' | 'slope' | 'pair'
}

/** An edit of the curves of all outputs, or of one class of a multiclass model. */
interface OutputEdit extends EditBase {
  readonly class?: string
}

/** A verb that follows the order of a feature. */
interface LineEdit {
  /** The feature along which a pair is edited, line by line of the other one; needed for a pair. */
  readonly along?: string
  /** Without it all values that have a place in the order: neither missing nor unseen ones. */
  readonly where?: readonly ValueSelection[]
}

/** The nearest monotone curve (isotonic regression weighted by rows); `auto` takes the direction that fits better. */
export interface MonotoniseEdit extends EditBase, LineEdit {
  readonly verb: 'monotonise'
  readonly direction: 'increasing' | 'decreasing' | 'auto'
}

/** One score for all that is selected: the given one, or the mean over the training rows. */
export interface FlattenEdit extends OutputEdit {
  readonly verb: 'flatten'
  readonly where: readonly ValueSelection[]
  /** On the scale of the curve as it is when the edit is made. */
  readonly value?: number
}

/** A smoother curve (Whittaker, second order, weighted by rows). */
export interface SmoothEdit extends OutputEdit, LineEdit {
  readonly verb: 'smooth'
  /** Weight of the squared second differences against the squared change of a bin of average rows, above 0 to 1e6. */
  readonly strength: number
}

/** Neighbouring bins of a number, or several levels, become one bin with the mean score over their training rows. */
export interface MergeBinsEdit extends EditBase {
  readonly verb: 'merge-bins'
  /** Of one feature. */
  readonly where: readonly [ValueSelection]
}

/** All scores times a factor. */
export interface ScaleEdit extends OutputEdit {
  readonly verb: 'scale'
  readonly factor: number
}

/** No score below `low` or above `high`. */
export interface CapEdit extends OutputEdit {
  readonly verb: 'cap'
  /** On the scale of the curve as it is when the edit is made; at least one of the two is given. */
  readonly low?: number
  readonly high?: number
  /** Without it all values, missing and unseen ones too. */
  readonly where?: readonly ValueSelection[]
}

/** The term leaves the model; one class of it is taken out by a scale of 0. */
export interface RemoveEdit extends EditBase {
  readonly verb: 'remove'
}

/** An edit of a term that stays. */
export type CurveEdit = MonotoniseEdit | FlattenEdit | SmoothEdit | MergeBinsEdit | ScaleEdit | CapEdit

/** A change of a fitted shape that a person decided, as plain JSON. */
export type ShapeEdit = CurveEdit | RemoveEdit

/** What an edit does. */
export type EditVerb = ShapeEdit['verb']
