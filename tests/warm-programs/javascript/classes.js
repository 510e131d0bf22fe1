class Animal { static #count = 0; #name; constructor(name) { this.#name = name; Animal.#count++; } get name() { return this.#name; } static get count() { return Animal.#count; } speak() { return `${this.name} makes a sound`; } toJSON() { return { name: this.#name }; } static { console.log('initialised'); } }
class Dog extends Animal { speak() { return super.speak() + ': woof'; } }
const d = new Dog('Rex'); console.log(d.speak(), Animal.count, d, JSON.stringify(d), d instanceof Animal, Object.getPrototypeOf(d) === Dog.prototype, Dog.name, String(Dog).length, new.target === undefined);
Animal('without new');
