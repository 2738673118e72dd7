import { showAtEnd } from "../../ui/at_end.ts";
import { Gallery, type GalleryProps } from "./Gallery.tsx";

/** Shows pictures over the page: their message may leave it meanwhile. */
export function openGallery(props: Omit<GalleryProps, "onClose">): void {
  showAtEnd((onClose) => <Gallery {...props} onClose={onClose} />);
}
