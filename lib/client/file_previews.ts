/** Small pictures of what is being sent, from the file itself: nothing of it is fetched. */
export const filePreviews = {
  /** An address good until {@link filePreviews.forget}; none for what browsers do not show. */
  make: (file: File): string | undefined =>
    /^image\/(jpeg|png|webp|gif|avif)$/.test(file.type) ? URL.createObjectURL(file) : undefined,
  forget: (address: string): void => URL.revokeObjectURL(address),
};
