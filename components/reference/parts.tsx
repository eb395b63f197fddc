import type { GetComponent, Plugin } from "swagger-ui-dist/swagger-ui-es-bundle.js";

type PathProps = { operationProps: { get: (key: string) => unknown } };

// biome-ignore-start lint/correctness/noComponentHookFactories: made once, with the viewer's React, which only this function gets
/**
 * Replaces parts of the viewer: the layout, to leave out its heading, its servers, and a second `main`, and the paths of operations,
 * which are links inside of buttons.
 */
export const ownParts: Plugin = ({ React: { createElement } }) => ({
  components: {
    ReferenceLayout: ({ getComponent }: { getComponent: GetComponent }) =>
      createElement(
        "div",
        { className: "swagger-ui" },
        createElement(getComponent("SvgAssets")),
        createElement(getComponent("AuthorizeBtnContainer", true)),
        createElement(getComponent("operations", true)),
      ),
    OperationSummaryPath: ({ operationProps }: PathProps) =>
      createElement("span", { className: "opblock-summary-path" }, String(operationProps.get("path"))),
  },
});
// biome-ignore-end lint/correctness/noComponentHookFactories: see above
