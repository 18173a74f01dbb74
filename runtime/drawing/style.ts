/** Colours that the colour-blind can tell apart (after Okabe and Ito), a lighter set for dark pages. */
export const CHART_STYLE: string = `
:root { color-scheme: light dark; --page: #ffffff; --card: #f7f8fa; --text: #1c2330; --soft: #5b6472; --rule: #dfe3e8;
  --c0: #6b7280; --c1: #0072b2; --c2: #d55e00; --c3: #009e73; --c4: #cc79a7; --c5: #b58900; }
@media (prefers-color-scheme: dark) {
  :root { --page: #12161c; --card: #1a2029; --text: #e6e9ee; --soft: #9aa5b4; --rule: #2c3441;
    --c0: #a8b0bd; --c1: #56b4e9; --c2: #f0894a; --c3: #3cc79b; --c4: #e3a3c6; --c5: #e0b93b; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 40px 24px 64px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.01em; }
h2 { font-size: 20px; margin: 48px 0 4px; }
.lead { font-size: 18px; margin: 0 0 24px; }
.note { color: var(--soft); margin: 0 0 8px; max-width: 75ch; }
table { margin: 0 0 12px; border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 10px 12px; border-bottom: 1px solid var(--rule); text-align: right; }
th:first-child { text-align: left; }
thead th { color: var(--soft); font-weight: 500; font-size: 14px; }
tbody th { font-weight: 600; }
.scroll { overflow-x: auto; }
.swatch { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 10px;
  background: var(--c); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: 16px; }
.grid4 { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 16px; }
.grid3 { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); gap: 16px;
  margin: 8px 0 24px; }
figure { margin: 0; padding: 14px 12px 8px; background: var(--card); border: 1px solid var(--rule);
  border-radius: 10px; }
figcaption { font-size: 14px; font-weight: 600; margin: 0 4px 6px; }
figure svg { display: block; width: 100%; height: auto; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 22px; margin: 8px 0 12px; padding: 0;
  font-size: 14px; }
.legend li { display: flex; align-items: center; gap: 8px; }
figure .legend { gap: 2px 14px; margin: 4px 4px 6px; font-size: 12px; }
.sample { width: 28px; height: 12px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; margin: 8px 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.c0 { --c: var(--c0); } .c1 { --c: var(--c1); } .c2 { --c: var(--c2); } .c3 { --c: var(--c3);
  } .c4 { --c: var(--c4); } .c5 { --c: var(--c5); }
svg polyline { fill: none; stroke-linejoin: round; stroke-linecap: round; }
svg .line { stroke: var(--c); stroke-width: 2.2; }
svg .dot { fill: var(--card); stroke: var(--c); stroke-width: 1.8; }
svg .band { fill: var(--c); opacity: 0.18; }
svg .dashed { stroke-dasharray: 2 4; }
svg .earlier { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 3 3; }
svg .before { stroke: var(--soft); stroke-width: 1.6; }
svg .target { stroke: var(--text); stroke-width: 1.4; stroke-dasharray: 5 4; }
svg .inputs { fill: var(--soft); opacity: 0.2; }
svg .grid { stroke: var(--rule); stroke-width: 1; }
svg .zero { stroke: var(--soft); stroke-width: 1; opacity: 0.6; }
svg .tick { fill: var(--soft); font: 12px system-ui, "Segoe UI", Roboto, Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
@media (max-width: 480px) { main { padding: 24px 12px 40px; } h1 { font-size: 24px; } th, td { padding: 8px 6px; } }
svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
`;
