// A text that ends with a picture has an empty line below it, or words could only be written into the caption; Enter leaves
// a caption. An empty last line is not stored (rich_text.clean).
import { TrailingNode as LibraryTrailingNode } from "django-prose-editor/editor";

const afterFigure = ({ editor }) => {
  const { doc, selection } = editor.state;
  const { $from } = selection;
  if ($from.parent.type.name !== "caption") return false;
  const after = $from.after(Math.max(1, $from.depth - 1));
  const next = doc.nodeAt(after);
  const chain = editor.chain();
  if (next?.type.name !== "paragraph" || next.content.size) chain.insertContentAt(after, { type: "paragraph" });
  return chain.setTextSelection(after + 1).scrollIntoView().run();
};

export const TrailingNode = LibraryTrailingNode.extend({
  priority: 1000, // before the toolbar, whose first transaction would count as typing
  onCreate() {
    const { state, view } = this.editor;
    view.dispatch(state.tr.setMeta("preventUpdate", true).setMeta("addToHistory", false));
  },
  addKeyboardShortcuts() {
    return { Enter: afterFigure };
  },
});
