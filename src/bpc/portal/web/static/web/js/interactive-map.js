// The interactive map: our outlines in MapLibre, points in clusters. Every word on it is HTML, so that Arabic,
// parentheses and numbers are laid out by the browser and no glyph server is needed.
const box = document.getElementById("interactive");
const words = box.dataset;
const notice = document.getElementById("no-map");
const status = document.getElementById("interactive-status");
const theme = getComputedStyle(document.documentElement);
const colour = (name) => theme.getPropertyValue(`--${name}`).trim();
const COUNTRY = [[-17.2, 20.7], [-0.9, 36]];
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

const getJson = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
};

// TopoJSON → GeoJSON features of one layer.
const decode = (topology) => {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
  const ring = (numbers) => numbers.flatMap((number, place) => {
    const arc = number < 0 ? [...arcs[~number]].reverse() : arcs[number];
    return place ? arc.slice(1) : arc;
  });
  const polygon = (rings) => rings.map(ring);
  return (name) => ({
    type: "FeatureCollection",
    features: topology.objects[name].geometries.map(({ type, arcs: parts, properties }) => ({
      type: "Feature",
      properties,
      geometry: { type, coordinates: type === "Polygon" ? polygon(parts) : parts.map(polygon) },
    })),
  });
};

const element = (tag, className, text) => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

const link = (text, address) => {
  const made = element("a", "", text);
  made.href = address;
  return made;
};

const isVisible = (map, spot) => map.getBounds().contains(spot);

class PlaceLabels {
  // Names as HTML markers, only those on the screen at this zoom, dropped where they would overlap.
  constructor(map, library) {
    Object.assign(this, { map, library, places: [], shown: new Map() });
    map.on("moveend", () => this.draw());
  }

  add(features, from, to, small = false) {
    for (const { properties } of features) if (properties.code) this.places.push({ ...properties, from, to, small });
    this.draw();
  }

  draw() {
    const zoom = this.map.getZoom();
    const taken = [];
    const free = (place) => {
      const { x, y } = this.map.project(place.spot);
      const half = Math.min(70, place.name.length * 3.6);
      if (taken.some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < 26)) return false;
      taken.push({ x, y, half });
      return true;
    };
    const wanted = this.places.filter((place) => zoom >= place.from && zoom < place.to && isVisible(this.map, place.spot));
    const kept = new Set(wanted.filter(free).map((place) => place.code));
    for (const [code, marker] of this.shown) if (!kept.has(code)) { marker.remove(); this.shown.delete(code); }
    for (const place of wanted) {
      if (!kept.has(place.code) || this.shown.has(place.code)) continue;
      const label = element("div", place.small ? "place-label small-place" : "place-label", place.name);
      label.dir = "auto";
      label.setAttribute("aria-hidden", "true");
      this.shown.set(place.code, new this.library.Marker({ element: label }).setLngLat(place.spot).addTo(this.map));
    }
  }
}

const placeCard = ({ code, name }) => {
  const card = element("div", "", "");
  card.dir = document.documentElement.dir;
  const links = element("p", "", "");
  const figures = code.length > 6 ? code.slice(0, 6) : code;
  links.append(link(words.wordSheet, words.sheet + code), " · ", link(words.wordFigures, `${words.map}?dans=${figures}`));
  card.append(element("p", "", ""), links);
  card.firstChild.append(element("strong", "", name));
  return card;
};

// What a point leads to: its own page, or the sheet of the place it counts for.
const pointCard = (points, { page, word }) => {
  const list = element("ul", "", "");
  for (const { reference, title, count, place, commune } of points.slice(0, 12)) {
    const item = element("li", "", "");
    item.dir = "auto";
    const told = [title, count ? `${count} ${word}` : ""].filter(Boolean).join(" · ");
    item.append(link(told, reference ? `${page}/${reference}` : words.sheet + (place || commune)));
    list.append(item);
  }
  return list;
};

const meetingCard = ({ city, date, commune }) => {
  const card = element("div", "", "");
  card.dir = document.documentElement.dir;
  const day = date ? new Date(`${date}T12:00`).toLocaleDateString(`${document.documentElement.lang}-MA-u-nu-latn`, { dateStyle: "long" }) : words.wordUnknown;
  const place = element("p", "", "");
  place.append(element("strong", "", `${words.wordMeeting} · ${city}`));
  const links = element("p", "", "");
  links.append(link(words.wordSheet, words.sheet + commune));
  card.append(place, element("p", "", day), links);
  return card;
};

// Points of several layers stand on the same commune: each layer beside the others.
const BESIDE = { ideas: [0, 0], needs: [-20, 12], opportunities: [20, 12], cooperatives: [0, 26] };

class Points {
  // One layer of clustered points as buttons: reachable by keyboard, their count is text. Asked for when first shown.
  constructor(map, library, open, box) {
    Object.assign(this, { map, library, open, box, id: box.dataset.layer, shown: new Map() });
    box.addEventListener("change", () => this.show());
    map.on("render", () => map.getSource(this.id) && map.isSourceLoaded(this.id) && this.draw());
  }

  async show() {
    status.textContent = "";
    if (!this.box.checked || this.asked) return this.draw();
    this.asked = true;
    try {
      const data = await getJson(this.box.dataset.points);
      if (!data.features.length) status.textContent = words.wordNone;
      this.map.addSource(this.id, pointSource(data));
      this.map.addLayer({ id: `${this.id}-unseen`, type: "circle", source: this.id, paint: { "circle-radius": 1, "circle-opacity": 0 } });
    } catch {
      this.asked = false;
      failed();
    }
  }

  draw() {
    const seen = new Map();
    const found = this.box.checked && this.map.getSource(this.id) ? this.map.querySourceFeatures(this.id) : [];
    for (const { properties, geometry } of found) {
      const key = properties.cluster ? `c${properties.cluster_id}` : geometry.coordinates.join();
      seen.set(key, { properties, spot: geometry.coordinates });
    }
    for (const [key, marker] of this.shown) if (!seen.has(key)) { marker.remove(); this.shown.delete(key); }
    for (const [key, { properties, spot }] of seen) if (!this.shown.has(key)) this.shown.set(key, this.mark(properties, spot));
  }

  mark(properties, spot) {
    const count = properties.cluster ? properties.total : properties.count || 1;
    const button = element("button", `cluster-mark of-${this.id}${count > 9 ? " large" : ""}`, String(count));
    button.type = "button";
    const told = `${count} ${this.box.dataset.word}`;
    button.setAttribute("aria-label", properties.title ? [properties.title, properties.count ? told : ""].filter(Boolean).join(" · ") : told);
    button.addEventListener("click", (event) => { event.stopPropagation(); this.choose(properties, spot); });
    return new this.library.Marker({ element: button, offset: BESIDE[this.id] }).setLngLat(spot).addTo(this.map);
  }

  async choose(properties, spot) {
    if (!properties.cluster) return this.open(spot, pointCard([properties], this.box.dataset));
    const source = this.map.getSource(this.id);
    const zoom = await source.getClusterExpansionZoom(properties.cluster_id);
    if (zoom <= 11) return this.map.easeTo({ center: spot, zoom, animate: !calm });
    const leaves = await source.getClusterLeaves(properties.cluster_id, 12, 0);
    return this.open(spot, pointCard(leaves.map((leaf) => leaf.properties), this.box.dataset));
  }
}

const empty = { type: "FeatureCollection", features: [] };
const source = (data) => ({ type: "geojson", data, tolerance: 0.2 });
const pointSource = (data) => ({
  type: "geojson", data, cluster: true, clusterRadius: 44, clusterMaxZoom: 13,
  clusterProperties: { total: ["+", ["coalesce", ["get", "count"], 1]] },
});
const style = (outlines) => ({
  version: 8,
  sources: {
    regions: source(outlines("regions")),
    provinces: source(outlines("provinces")),
    enclaves: source(outlines("enclaves")),
    communes: source(empty),
    close: source(empty),
  },
  layers: [
    { id: "sea", type: "background", paint: { "background-color": colour("sand") } },
    { id: "land", type: "fill", source: "regions", paint: { "fill-color": colour("white") } },
    { id: "enclaves", type: "fill", source: "enclaves", paint: { "fill-color": colour("muted") } },
    { id: "communes", type: "fill", source: "communes", minzoom: 7.5, paint: { "fill-color": colour("map-1"), "fill-opacity": 0.45 } },
    { id: "commune-lines", type: "line", source: "communes", minzoom: 7.5, paint: { "line-color": colour("map-3"), "line-width": 0.7 } },
    { id: "close", type: "line", source: "close", minzoom: 7.5, paint: { "line-color": colour("emerald"), "line-width": 1.2 } },
    { id: "provinces", type: "line", source: "provinces", minzoom: 5, maxzoom: 8, paint: { "line-color": colour("map-4"), "line-width": 0.8 } },
    { id: "regions", type: "line", source: "regions", maxzoom: 8, paint: { "line-color": colour("emerald"), "line-width": 1.6 } },
    { id: "province-areas", type: "fill", source: "provinces", paint: { "fill-opacity": 0 } },
    { id: "region-areas", type: "fill", source: "regions", maxzoom: 5.5, paint: { "fill-opacity": 0 } },
  ],
});

const failed = () => { status.textContent = words.wordFailed; };

const loadCommunes = (map, labels) => {
  const features = [];
  const provinces = [];
  const asked = new Set();
  return async () => {
    if (map.getZoom() < 7.3) return;
    const here = map.queryRenderedFeatures({ layers: ["province-areas"] });
    for (const region of new Set(here.map(({ properties }) => properties.code?.slice(0, 2)))) {
      if (!region || asked.has(region)) continue;
      asked.add(region);
      try {
        const outlines = decode(await getJson(words.communes.replace("REGION", region)));
        const found = outlines("communes").features;
        features.push(...found);
        provinces.push(...outlines("provinces").features);
        map.getSource("close").setData({ type: "FeatureCollection", features: provinces });
        map.getSource("communes").setData({ type: "FeatureCollection", features });
        labels.add(found, 9, 24, true);
      } catch {
        asked.delete(region);
        failed();
      }
    }
  };
};

const addMeetings = async (map, library, open) => {
  const { features } = await getJson(words.meetings);
  return features.map(({ properties, geometry }) => {
    const button = element("button", "meeting-mark", "★");
    button.type = "button";
    button.setAttribute("aria-label", `${words.wordMeeting} · ${properties.city}`);
    button.addEventListener("click", (event) => { event.stopPropagation(); open(geometry.coordinates, meetingCard(properties)); });
    return new library.Marker({ element: button, offset: [0, -14] }).setLngLat(geometry.coordinates).addTo(map);
  });
};

const wire = (map, library) => {
  let popup = null;
  const open = (spot, content) => {
    popup?.remove();
    popup = new library.Popup({ maxWidth: "18rem", focusAfterOpen: true }).setLngLat(spot).setDOMContent(content).addTo(map);
    map.panTo(spot); // near the edge, the words would stand outside the window
  };
  const pick = (point, spot) => {
    const found = map.queryRenderedFeatures(point, { layers: ["enclaves", "communes", "region-areas", "province-areas"] });
    // the smallest place drawn at this zoom; an enclave has no code and answers nothing
    const depth = map.getZoom() < 7.5 ? -1 : 1;
    const places = found.map(({ properties }) => properties).sort((a, b) => depth * (b.code.length - a.code.length));
    if (places.length && places.every(({ code }) => code)) open(spot, placeCard(places[0]));
  };
  map.on("click", ({ point, lngLat }) => pick(point, lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") pick(map.project(map.getCenter()), map.getCenter());
    if (event.key === "Escape") popup?.remove();
  });
  document.getElementById("go-to").addEventListener("change", ({ target }) => {
    const { lon, lat } = target.selectedOptions[0].dataset;
    if (lon) map.flyTo({ center: [Number(lon), Number(lat)], zoom: 7, animate: !calm });
    else map.fitBounds(COUNTRY, { padding: 12, animate: !calm });
  });
  return open;
};

const start = async () => {
  const [library, topology] = await Promise.all([import(new URL(words.library, location.href)), getJson(words.outlines)]);
  library.setWorkerUrl(new URL(words.worker, location.href).href);
  box.hidden = false;
  const outlines = decode(topology);
  const map = new library.Map({
    container: "interactive-map", style: style(outlines), bounds: COUNTRY, fitBoundsOptions: { padding: 12 },
    maxBounds: [[-32, 12], [14, 44]], minZoom: 3, maxZoom: 14, attributionControl: false, dragRotate: false,
    pitchWithRotate: false, touchPitch: false, fadeDuration: 0,
    locale: {
      "Map.Title": words.wordMap, "NavigationControl.ZoomIn": words.wordZoomIn,
      "NavigationControl.ZoomOut": words.wordZoomOut,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }));
  await new Promise((resolve) => { map.once("load", resolve); });
  notice.hidden = true;
  const labels = new PlaceLabels(map, library);
  labels.add(outlines("regions").features, 0, 6.2);
  labels.add(outlines("provinces").features, 6.2, 9);
  const open = wire(map, library);
  const communes = loadCommunes(map, labels);
  map.on("idle", communes);
  const layers = [...document.querySelectorAll("[data-layer]")].map((one) => new Points(map, library, open, one));
  const [meetings] = await Promise.all([
    addMeetings(map, library, open).catch(() => { failed(); return []; }),
    ...layers.filter((layer) => layer.box.checked).map((layer) => layer.show()),
  ]);
  document.getElementById("show-meetings").addEventListener("change", ({ target }) => {
    for (const marker of meetings) target.checked ? marker.addTo(map) : marker.remove();
  });
  box.dataset.ready = "yes";
};

start().catch(() => { box.hidden = true; notice.hidden = false; });
