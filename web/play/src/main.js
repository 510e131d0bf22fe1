// SPDX-License-Identifier: MIT
import { Play } from './play.js';

customElements.define('exrun-play', Play);
