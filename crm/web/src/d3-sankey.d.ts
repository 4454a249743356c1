/** What we use of d3-sankey, which brings no types. */
declare module "d3-sankey" {
  type Node = { name: string; x0?: number; x1?: number; y0?: number; y1?: number; value?: number; depth?: number };
  type Link = { source: Node; target: Node; value: number; width?: number; y0?: number; y1?: number };
  type Sankey = {
    (graph: { nodes: Node[]; links: { source: string; target: string; value: number }[] }): { nodes: Node[]; links: Link[] };
    nodeId(id: (node: Node) => string): Sankey;
    nodeWidth(width: number): Sankey;
    nodePadding(padding: number): Sankey;
    extent(extent: [[number, number], [number, number]]): Sankey;
  };
  export function sankey(): Sankey;
}
