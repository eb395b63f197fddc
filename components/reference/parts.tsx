import type { GetComponent, Plugin } from "swagger-ui-dist/swagger-ui-es-bundle.js";

type PathProps = { operationProps: { get: (key: string) => unknown } };

// biome-ignore-start lint/correctness/noComponentHookFactories: made once, with the viewer's React, which only this call knows
/**
 * Our parts in place of the viewer's own: a layout without the heading, the servers and the second `main`, and paths that are no links,
 * since they stand in a button.
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
