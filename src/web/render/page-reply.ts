/** Answers a form that was taken: the browser goes on to another page (303). */
export class SeeOther {
  constructor(readonly location: string) {}
}

/** A page with another status than 200, such as a form that is shown again with its faults. */
export class PageReply {
  constructor(
    readonly model: object,
    readonly status: number,
    readonly template?: string,
  ) {}
}
