/** Types for the parts of Swagger UI that are used here. It has no types of its own. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  import type { ComponentType, createElement } from "react";

  type Request = { url: string; headers: Record<string, string> };

  /** Swagger UI has its own copy of React, which its components must be created with. */
  export type System = { React: { createElement: typeof createElement } };
  // biome-ignore lint/suspicious/noExplicitAny: each part has different props
  export type Part = ComponentType<any>;
  export type GetComponent = (name: string, connected?: boolean) => Part;
  export type Plugin = (system: System) => { components: Record<string, Part> };

  type Options = {
    domNode: HTMLElement;
    spec: object;
    layout: string;
    plugins: Plugin[];
    requestInterceptor: (request: Request) => Request;
    [option: string]: unknown;
  };

  export default function SwaggerUIBundle(options: Options): unknown;
}
