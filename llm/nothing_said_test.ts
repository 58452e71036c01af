import assert from "node:assert/strict";
import fc from "fast-check";
import { threadCpuMs } from "../tests/support/thread_cpu.ts";
import { saysNothing } from "./nothing_said.ts";

/** What small models say of people, cars, animals, weather, night, doors and parcels. */
const SOMETHING = [
  "A person in a dark coat walks up the path; no other people are visible.",
  "No people are visible, a red car is parked in the driveway.",
  "There are no people, just a white van at the gate.",
  "There is no one at the door, a parcel lies on the step.",
  "The scene is quiet, a cat walks along the fence.",
  "The area is empty and a dog runs across it.",
  "The image is dark and a person with a torch walks along the wall.",
  "The picture is blurry, showing a cyclist riding past.",
  "The image is too dark to see clearly, a person stands at the gate.",
  "A person walks; I cannot see their face.",
  "I cannot see their face, a person climbs the fence.",
  "A figure stands by the door, but it is not possible to identify the person.",
  "I can't tell if it is a man or a woman, but a person climbs over the fence.",
  "The frame is empty except for a dog.",
  "A person, unable to see over the parcels, walks up to the door.",
  "It appears to be a fox, I'm just an observer.",
  "Nothing moves, a car is parked.",
  "Nothing is moving, but a truck is parked.",
  "No person is in the car; its lights are on.",
  "No motion, a car stands at the kerb.",
  "A man dressed as an AI robot waves.",
  "A child draws a picture; the picture is dark.",
  "There are no visible people, a grey car drives past.",
  "The image shows no people; a car drives by.",
  "I see no people but a dog.",
  "No people are visible as a car drives by.",
  "The image shows a dark street with a man in it.",
  "The street is empty apart from a cyclist.",
  "Unknown person at the gate.",
  "An empty car stands in the road with its door open.",
  "The man leaves the picture to the right.",
  "A man is not wearing a hat.",
  "A person stands still at the door.",
  "A black and white cat sits on the wall.",
  "A white van is parked.",
  "White smoke rises behind the shed.",
  "A quiet dog lies on the porch.",
  "Two people with umbrellas walk in the rain.",
  "It is raining heavily.",
  "Heavy snow falls on the driveway.",
  "The wind moves the branches of a tree.",
  "Headlights shine through the fence at night.",
  "The garage door is open.",
  "The front door opens and a woman comes out.",
  "A man carries a large cardboard box towards the house.",
  "A delivery driver leaves a parcel. The van waits behind.",
  "A courier in a yellow jacket rings the bell.",
  "A child on a scooter.",
  "A fox trots through the dark garden.",
  "A bird lands on the camera.",
  "A spider hangs in front of the lens.",
  "The night sky is lit by fireworks.",
  "A red car turns into the driveway",
  "A truck is reversing into the yard",
  "Someone in a hood looks into the window.",
  "Nobody but the postman is there.",
  "No entry sign falls over.",
  "A man is lying on the ground, not moving.",
  "The dog is not visible behind the fence, a child calls it.",
  "Two children play in an empty yard.",
  "There is no snow on the road, only a man with a shovel.",
  "The scene shows a person pushing a bicycle.",
  "The image you provided shows a dog.",
  "The picture shows a woman with a pram.",
  "This is a cat.",
  "red square",
  "Dog.",
  "Hard hats lie on a bench.",
  "Sorry sight: a broken fence blows over.",
  "A sign says: closed.",
  "In the picture a man waits.",
  "The driveway has a blue car that is backing out.",
  "In the dark driveway a car is backing out.",
  "The yard is full of birds.",
  "A still shot of a man with a ladder.",
  "The path is blocked by a fallen tree.",
  "Eine Person geht nach links.",
  "一个人走过。",
];

const NOTHING = [
  "NOTHING",
  "Nothing.",
  "None",
  "N/A",
  "No.",
  "ok",
  "Unknown.",
  "Nothing to see.",
  "Nothing is visible in the picture.",
  "There is nothing visible in the picture.",
  "There is nothing to be seen.",
  "There is no one in the picture.",
  "There doesn't appear to be anything.",
  "There does not seem to be any activity.",
  "There isn't anything in the frame.",
  "This image does not contain any visible objects.",
  "The image doesn’t show anything.",
  "The scene does not show any people or moving objects.",
  "The picture shows an empty street.",
  "The image shows a dark scene with no visible objects.",
  "The image shows a street with no people or vehicles.",
  "The image shows no people, animals, or vehicles.",
  "No people, vehicles, or animals are visible.",
  "No people and no cars can be seen.",
  "No activity observed.",
  "No significant motion was detected.",
  "No objects.",
  "Nobody is visible.",
  "Not visible.",
  "Cannot determine.",
  "Unable to determine.",
  "Insufficient information.",
  "It is too dark to see anything.",
  "It's too dark to tell what is happening.",
  "It is not possible to tell what this is.",
  "It is unclear what is happening.",
  "It is difficult to make out any details.",
  "The image is blurry.",
  "The image is completely dark.",
  "The picture appears to be blank.",
  "The image appears to be a blank screen.",
  "A blurry image of nothing.",
  "The camera view is empty.",
  "The scene is empty.",
  "The scene is dark and quiet.",
  "The scene appears calm, with no visible movement.",
  "The street is quiet and empty at night.",
  "An empty driveway.",
  "A dark, empty street.",
  "A quiet residential street.",
  "Empty street with no movement.",
  "Darkness.",
  "As an AI language model, I cannot look at pictures.",
  "I'm sorry, but I can't assist with that.",
  "I'm sorry, but as an AI model I cannot identify people.",
  "I cannot see the image.",
  "I can’t identify people in this picture.",
  "I am unable to view the picture you sent.",
  "I am not able to view images.",
  "I don't see anything in this picture.",
  "Sorry, there was a problem.",
  "Please provide an image.",
  "No image was provided.",
  "Without an image, I cannot describe it.",
  "The image appears blurry and dark, making it difficult to identify anything.",
  "Sorry, I cannot help with that request.",
  "Based on the image provided, there is nothing to see.",
  "In this image there are no people.",
  "The camera shows an empty driveway.",
  "It is a dark image.",
  "Hello! How can I help you today?",
];

Deno.test("saysNothing() is false as soon as one clause says what is there", () => {
  for (const text of SOMETHING) assert.equal(saysNothing(text), false, text);
});

Deno.test("saysNothing() is true of refusals, politeness and empty pictures", () => {
  for (const text of NOTHING) assert.equal(saysNothing(text), true, text);
});

Deno.test("saysNothing() is false of nothing and something together, in any order", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NOTHING),
      fc.constantFrom(...SOMETHING),
      (nothing, something) => {
        assert.equal(saysNothing(`${nothing}. ${something}`), false);
        assert.equal(saysNothing(`${something}. ${nothing}`), false);
      },
    ),
  );
});

Deno.test("saysNothing() takes no long time over text made to slow it", () => {
  const startedMs = threadCpuMs();
  for (
    const part of ["no ", "an empty ", "the very ", "there is ", "very dark, ", "or "]
  ) {
    saysNothing(part.repeat(200));
  }
  assert.ok(threadCpuMs() - startedMs < 500);
});
