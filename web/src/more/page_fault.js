// SPDX-License-Identifier: MIT
/** A mistake in the set-up of a page. Its message is a sentence for the author of the page. */
export class PageFault extends Error {}
