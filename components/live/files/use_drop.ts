import { useEffect, useRef, useState } from "preact/hooks";
import { droppedFiles, holdsFiles } from "../../../lib/client/given_files.ts";

/**
 * Takes files that are dropped anywhere on the page: beside the right place the browser would leave the page for them.
 * @param onFiles left out while none can be sent
 * @returns whether files are held over the page that could be dropped
 */
export function useDrop(onFiles: ((files: File[]) => void) | undefined): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!event.dataTransfer || !holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = take.current ? "copy" : "none";
      setOver(true);
    };
    // Going from one element to the next has a goal; going out of the window, or giving up, has none.
    const onDragLeave = ({ relatedTarget }: DragEvent) => relatedTarget === null && setOver(false);
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      take.current?.(droppedFiles(event.dataTransfer));
    };
    const listeners = { dragover: onDragOver, dragleave: onDragLeave, drop: onDrop };
    for (const [type, listener] of Object.entries(listeners)) {
      document.addEventListener(type, listener as EventListener);
    }
    return () => {
      for (const [type, listener] of Object.entries(listeners)) {
        document.removeEventListener(type, listener as EventListener);
      }
    };
  }, []);
  return over && onFiles !== undefined;
}
